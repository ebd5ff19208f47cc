/** The kind of a piece of a pattern, for its colour. */
export type PatternTokenKind = 'text' | 'escape' | 'class' | 'repeat' | 'group' | 'anchor';

export interface PatternToken {
  readonly kind: PatternTokenKind;
  readonly text: string;
}

/** Beyond this, in UTF-16 units, a pattern is one token: a span for each would make typing slow. */
const longest = 2000;

/** One token after another; the rest, which no earlier alternative takes, is text. */
const token =
  /(?<escape>\\(?:[xuUN0-9](?:\{[^}]*\}|[0-9a-fA-F]*)|[^]|$))|(?<class>\[\^?\]?(?:\\[^]|[^\]\\])*(?:\]|$))|(?<repeat>[*+?][?+]?|\{\d*,?\d*\}[?+]?)|(?<group>\(\?(?:P?<?[=!]|P?<\w*>|P=\w*|#[^)]*|[aiLmsux-]*:?|>)?|[()|])|(?<anchor>[\^$.])/g;

/**
 * Cuts a pattern into pieces to be coloured (rule P27). The pieces together are the pattern, whether Python takes it or
 * not. Equal neighbours are one piece.
 */
export function tokenizePattern(pattern: string): readonly PatternToken[] {
  if (pattern === '') return [];
  if (pattern.length > longest) return [{ kind: 'text', text: pattern }];
  const tokens: PatternToken[] = [];
  const add = (kind: PatternTokenKind, text: string): void => {
    const last = tokens.at(-1);
    if (text === '') return;
    if (last?.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
  };
  let done = 0;
  for (const match of pattern.matchAll(token)) {
    add('text', pattern.slice(done, match.index));
    add(kindOf(match.groups ?? {}), match[0]);
    done = match.index + match[0].length;
  }
  add('text', pattern.slice(done));
  return tokens;
}

const kinds = ['escape', 'class', 'repeat', 'group', 'anchor'] as const;

function kindOf(groups: Readonly<Record<string, string | undefined>>): PatternTokenKind {
  return kinds.find((kind) => groups[kind] !== undefined) ?? 'text';
}
