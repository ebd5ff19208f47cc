import type { Random } from './random.ts';

const letters = ['a', 'b', 'a', 'b', 'ab', 'ba', 'aa', 'c'];
const words = ['layer', 'conv', 'bn', 'a', 'ab', 'b', '0', '1', '10', 'la', 'mlp', 'Layer', 'x_y', 'ba'];
const odd = ['é', 'É', 'ſ', 's', 'S', 'K', 'k', 'K', 'ı', 'İ', 'i', 'I', 'ß', 'Σ', 'ς', 'σ', 'µ', 'μ', 'Μ', '𐐀', '𐐨', '层'];
const odder = ['٣', '\u00a0', '\x1c', '\n', '\r', '\t', ' ', '\u2028', '\x85', '-', '_', '#', ']', 'ﬅ', 'ﬆ', 'ᾳ', 'ͅ', 'ι'];
const classes = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S'];
const anchors = ['^', '$', '\\A', '\\Z', '\\b', '\\B', '\\b', '$'];
const codes = ['\\x61', '\\u0062', '\\U00000041', '\\101', '\\141', '\\0', '\\060', '\\n', '\\t', '\\.', '\\\\', '\\-', '\\é'];
const bad = ['\\z', '\\q', '\\8', '\\x6', '\\u00', '\\U00110000', '\\N{DASH}', '\\N', '\\N{', '\\400', '\\1', '\\e', '\\Q'];
const counts = ['*', '+', '?', '{2}', '{1,2}', '{,2}', '{1,}', '{0}', '{0,1}', '{,}', '{2,3}', '{3,}', '{0,0}'];
const notCounts = ['{', '{}', '{a}', '{,', '{1', '{1,2', '{ 1}', '{-1}', '{2,1}', '{4294967295}', '{4294967294,}', '{1}{2}'];
const inlineFlags = ['i', 'm', 's', 'x', 'a', 'u', 'im', 'is', 'ia', 'iu', 'ix'];
const anyFlags = [...inlineFlags, 'L', 't', '-', 'i-', 'i-i', '-a', 'au', 'q', 'é', '1', '', 'ixt', 'i-m', '-i', 's-im', '-x'];
const special = Array.from('()[]{}?*+|^$\\.:=!<>P#-,&~ \n1i');

/** State of one pattern while it is made up. */
interface Draft {
  readonly random: Random;
  /** Opened groups so far. */
  groups: number;
  readonly names: string[];
  /** Whether Unicode may occur. */
  readonly unicode: boolean;
  readonly words: readonly string[];
}

/** Few letters in many groups, so that much matches and the contents of groups show. */
export type Kind = 'names' | 'letters';

/** Makes up a pattern: mostly valid, or, when `broken`, one that mostly is not. */
export function randomPattern(random: Random, broken: boolean, kind: Kind = 'names'): string {
  const unicode = kind === 'names' && random.chance(0.35);
  const draft: Draft = { random, groups: 0, names: [], unicode, words: kind === 'names' ? words : letters };
  let pattern = random.chance(0.3) ? `(?${random.pick(inlineFlags)})` : '';
  pattern += alternatives(draft, 1 + random.below(4));
  if (random.chance(0.05)) pattern = manyAlternatives(random);
  return broken ? mutate(random, pattern) : pattern;
}

/** Makes up a name that patterns from `randomPattern` have a chance to match. */
export function randomName(random: Random, kind: Kind = 'names'): string {
  let name = '';
  if (kind === 'letters') {
    for (let left = random.below(9); left > 0; left--) name += random.pick(['a', 'b', 'a', 'b', 'c']);
    return name;
  }
  const parts = random.below(6);
  for (let i = 0; i < parts; i++) {
    if (random.chance(0.12)) name += random.pick(random.chance(0.7) ? odd : odder);
    else name += random.pick(words);
    if (random.chance(0.4)) name += random.pick(['.', '.', '_', '', '1', '0', 'A']);
  }
  if (random.chance(0.1)) name = name.toUpperCase();
  if (random.chance(0.05)) name += '\n';
  return name;
}

function alternatives(draft: Draft, depth: number): string {
  const { random } = draft;
  const count = random.chance(0.25) ? 2 + random.below(2) : 1;
  const branches: string[] = [];
  for (let i = 0; i < count; i++) {
    const first = branches[0];
    // Alternatives with a common beginning, which Python moves in front.
    branches.push((first && random.chance(0.2) ? first.slice(0, random.below(4)) : '') + sequence(draft, depth));
  }
  return branches.join('|');
}

function manyAlternatives(random: Random): string {
  const count = 5 + random.below(30);
  return `(?:${Array.from({ length: count }, () => random.pick(words) + random.pick(words)).join('|')})`;
}

function sequence(draft: Draft, depth: number): string {
  const { random } = draft;
  let text = '';
  const length = random.below(4) + (random.chance(0.9) ? 1 : 0);
  for (let i = 0; i < length; i++) text += item(draft, depth);
  return text;
}

function item(draft: Draft, depth: number): string {
  const { random } = draft;
  if (random.chance(0.03)) return random.pick(['(?#c)', '(?#)', ' ', '#c\n', '\n']);
  const body = atom(draft, depth);
  if (!random.chance(0.4)) return body;
  if (random.chance(0.04)) return body + random.pick(notCounts);
  const suffix = random.pick(['', '', '', '?', '+', '?']);
  return body + random.pick(counts) + suffix;
}

function atom(draft: Draft, depth: number): string {
  const { random } = draft;
  const roll = random.below(100);
  if (depth > 0 && roll < 35) return group(draft, depth - 1);
  if (roll < 45) return '.';
  if (roll < 55) return random.pick(classes);
  if (roll < 65) return set(draft);
  if (roll < 70) return random.pick(anchors);
  if (roll < 74) return random.pick(codes);
  if (roll < 75) return random.pick(bad);
  if (roll < 81 && draft.groups > 0) return reference(draft);
  if (roll < 84) return '\\.';
  if (draft.unicode && roll < 92) return random.pick(odd);
  return random.pick(draft.words);
}

function reference({ random, groups, names }: Draft): string {
  if (names.length > 0 && random.chance(0.4)) return `(?P=${random.pick(names)})`;
  return `\\${1 + random.below(groups + (random.chance(0.1) ? 1 : 0))}`;
}

function group(draft: Draft, depth: number): string {
  const { random } = draft;
  const roll = random.below(100);
  if (roll < 25) {
    draft.groups++;
    return `(${alternatives(draft, depth)})`;
  }
  if (roll < 35) {
    const name = `g${draft.groups++}`;
    const text = `(?P<${name}>${alternatives(draft, depth)})`;
    draft.names.push(name);
    return text;
  }
  if (roll < 52) return `(?:${alternatives(draft, depth)})`;
  if (roll < 58) return `(?>${alternatives(draft, depth)})`;
  if (roll < 68) return `(?=${alternatives(draft, depth)})`;
  if (roll < 76) return `(?!${alternatives(draft, depth)})`;
  if (roll < 86) return `(?<${random.pick(['=', '!'])}${behind(draft, depth)})`;
  if (roll < 93) return `(?${random.pick(random.chance(0.9) ? inlineFlags : anyFlags)}:${alternatives(draft, depth)})`;
  if (draft.groups === 0) return `(${sequence(draft, depth)})?`;
  const named = draft.names.length > 0 && random.chance(0.3);
  const condition = named ? random.pick(draft.names) : String(1 + random.below(draft.groups));
  const otherwise = random.chance(0.6) ? `|${sequence(draft, depth)}` : '';
  return `(?(${condition})${sequence(draft, depth)}${otherwise})`;
}

/** Something of fixed width, most of the time. */
function behind(draft: Draft, depth: number): string {
  const { random } = draft;
  if (random.chance(0.15)) return alternatives(draft, depth);
  let text = random.chance(0.2) ? random.pick(anchors) : '';
  const length = random.below(3);
  for (let i = 0; i <= length; i++) {
    const roll = random.below(8);
    if (roll < 3) text += random.pick(draft.words);
    else if (roll < 5) text += random.pick([...classes, '.', '\\.']);
    else if (roll < 6) text += set(draft);
    else if (roll < 7) text += `(?:${random.pick(['a', 'b', '\\d'])}|${random.pick(['.', 'x', '1'])})`;
    else text += draft.groups > 0 ? reference(draft) : `${random.pick(['a', '.'])}{2}`;
  }
  return text;
}

function set(draft: Draft): string {
  const { random } = draft;
  let text = random.chance(0.3) ? '[^' : '[';
  if (random.chance(0.1)) text += random.pick([']', '-', '[', '^', '|', '&&', '--', '~~', '||']);
  const count = 1 + random.below(3);
  for (let i = 0; i < count; i++) {
    const roll = random.below(12);
    if (roll < 3) text += random.pick(classes);
    else if (roll < 6) text += random.pick(['a-c', '0-9', 'a-z', 'A-Z', '.-_', 'k-s', '\\x00-\\x7f', 'A-z']);
    else if (roll < 7) text += random.pick(codes);
    else if (roll < 9 && draft.unicode) {
      text += random.pick([...odd, 'à-ÿ', 'Α-ω', '\\u0100-\\u024f', '𐐀-𐐧', 'ſ-ƀ', 'A-\\U00010427', '\\u2000-\\uffff']);
    } else text += random.pick(['a', 'b', '.', '_', '-', '1', 'l', '\\b', '\\]', 'k', 's', 'i']);
  }
  return `${text}]`;
}

function mutate(random: Random, pattern: string): string {
  let characters = Array.from(pattern);
  const changes = 1 + random.below(3);
  for (let i = 0; i < changes; i++) {
    const at = random.below(characters.length + 1);
    const roll = random.below(10);
    if (roll < 2) characters.splice(at, 1);
    else if (roll < 5) characters.splice(at, 0, random.pick(special));
    else if (roll < 6) characters.splice(at, 1, random.pick(special));
    else if (roll < 7) characters = characters.slice(0, at);
    else characters.splice(at, 0, random.pick([...bad, ...notCounts, ...oddities, `(?${random.pick(anyFlags)}${random.pick([')', ':', ''])}`]));
  }
  return characters.join('');
}

const oddities = [
  '(?P<a', '(?P<>a)', '(?P<1>a)', '(?P<a>', '(?P=a)', '(?P=', '(?P', '(?Px)', '(?<a)', '(?<', '(?', '(?)', '(?(', '(?(1)',
  '(?(1)a|b|c)', '(?(a)b)', '(?(0)b)', '(?(99)b)', '(?( 1)b)', '(?(+1)b)', '(?(1_0)b)', '(?(٣)b)', '(?(-1)b)', '(?()b)',
  '(?(é)b)', '(?P<é>a)', '(?P<g0>a)', '(?P<a b>c)', '(?#', '(?#(', '[', '[]', '[^]', '[^]a]', '[a-', '[a-\\d]', '[\\d-z]', '[z-a]',
  '[\\400]', '[\\8]', '[\\q]', '[\\x]', '[[a]', '[a&&b]', '[a--b]', '[a||b]', '(?i)', '(?x)', '(?x) a # b\n', '(?-i:a)', '(?i-i:a)',
  '**', '+*', '?+?', '*+', '*?+', '(?!)', '(?!)*', '(?=)+', '(?:)*', '()*', '(?:a|)*', '(a*)*', '(a*)+?', '|', '||', '\\', '\\N{EM DASH}',
  '\\N{no such}', '[\\N{DIGIT ONE}-\\N{DIGIT THREE}]', '(?<=a|bc)', '(?<=\\1)', '(?<=(a)\\1)', '(?<=a+)', '(?<!)', '(?<=)', '(?P<x>(?P=x))', '(\\1)',
];
