/** Prefixes that mail, notebooks and shells put before lines. */
const prefixes: readonly RegExp[] = [
  /^(?:> ?)+/,
  /^(?:>>>|\.\.\.) ?/,
  /^(?:In \[\d*\]:|Out\[\d*\]:| *\.\.\.:) ?/,
  /^\$ ?/,
  // A log's time, level and source.
  /^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?\]? ?(?:[-|] ?)?(?:\[?(?:DEBUG|INFO|WARNING|ERROR)\]? ?)?(?:\([^)\n]*\) ?|[-|:] ?)*/,
  /^\d+[:|] ?/,
];

/** The code of a Markdown text; `null` where there are no fences, or a docstring of Python may hold them. */
export function markdownCode(text: string): string | null {
  const opening = /^ {0,3}(?:```|~~~)/m.exec(text);
  if (opening === null || /"""|'''/.test(text.slice(0, opening.index))) return null;
  return fencedBlock(text.split('\n'));
}

const directive = /^( *)(?:\.\. code(?:-block)?:: *(\w*) *|(?!\.\. )\S.*::)$/;

/**
 * The blocks of Python of a reStructuredText, one script, without their indentation; all other lines are blank, so that lines
 * stay those of the text. `null` where there are none, or a docstring of Python may hold them.
 */
export function restructuredCode(text: string): string | null {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => directive.test(line));
  if (first < 0 || /"""|'''/.test(lines.slice(0, first).join('\n'))) return null;
  const code = lines.map(() => '');
  let blocks = 0;
  for (let at = first; at < lines.length; at++) {
    const [, margin, language = ''] = directive.exec(lines[at]!) ?? [];
    if (margin === undefined) continue;
    let end = at + 1;
    while (end < lines.length && (lines[end]!.trim() === '' || indentOf(lines[end]!) > margin.length)) end++;
    const block = lines.slice(at + 1, end).map((line) => (/^ *:[\w-]+:/.test(line) ? '' : line));
    const indent = Math.min(...block.filter((line) => line.trim() !== '').map(indentOf));
    if (/^(?:py|python3?|ipython3?|pycon|default)?$/.test(language) && Number.isFinite(indent)) {
      for (const [k, line] of block.entries()) code[at + 1 + k] = line.slice(indent);
      blocks++;
    }
    at = end - 1;
  }
  return blocks === 0 ? null : code.join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without the prefix that most of its lines share; fences of Markdown go too. `null` when there is none. */
export function unquoted(text: string): string | null {
  const lines = text.split('\n');
  const fenced = fencedBlock(lines);
  if (fenced !== null) return fenced;
  const filled = lines.filter((line) => line.trim() !== '');
  if (countUp(filled)) return lines.map((line) => line.replace(lineNumber, '')).join('\n');
  for (const prefix of prefixes) {
    const having = filled.filter((line) => prefix.test(line));
    const isConsole = prefix.source.includes('>>>') || prefix.source.includes('In ');
    if (having.length === 0 || (!isConsole && having.length < filled.length * 0.6)) continue;
    // Of a console only the input counts; its output has no prompt.
    return isConsole
      ? lines.map((line) => (prefix.test(line) ? line.replace(prefix, '') : '')).join('\n')
      : lines.map((line) => line.replace(prefix, '')).join('\n');
  }
  return null;
}

/** Line numbers that viewers and `cat -n` write before lines. */
const lineNumber = /^ *(\d{1,6})(?:[:|.]? |\t|[:|.]?$)/;

/** Whether every line begins with its number. */
function countUp(lines: readonly string[]): boolean {
  const numbers = lines.map((line) => Number(lineNumber.exec(line)?.[1] ?? Number.NaN));
  return numbers.length > 1 && numbers.every((number, at) => at === 0 || number > numbers[at - 1]!);
}

interface Fence {
  /** Lines between the fences, `to` left out. */
  readonly from: number;
  readonly to: number;
  readonly language: string;
}

/**
 * The blocks of Python of a Markdown text, one script: a block may use the names of earlier ones. Where there are none, its first block.
 * All other lines are blank, so that lines and offsets stay those of the text.
 */
function fencedBlock(lines: readonly string[]): string | null {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = /^\s*(?:```|~~~)\s*\{?\.?(\w*)/.exec(lines[at]!);
    if (opening === null) continue;
    const length = lines.slice(at + 1).findIndex((line) => /^\s*(?:```|~~~)\s*$/.test(line));
    const to = length < 0 ? lines.length : at + 1 + length;
    fences.push({ from: at + 1, to, language: opening[1]!.toLowerCase() });
    at = to;
  }
  if (fences.length === 0) return null;
  const python = fences.filter(({ language }) => /^(?:py|python3?|ipython3?|pycon)?$/.test(language));
  const taken = python.length > 0 ? python : fences.slice(0, 1);
  const isTaken = (at: number): boolean => taken.some(({ from, to }) => at >= from && at < to);
  return lines.map((line, at) => (isTaken(at) ? line : ' '.repeat(line.length))).join('\n');
}

const selector = /["']op_(?:names|names_re|types|partial_names)["']\s*:/;

/** The most places in a text at which a list is looked for. */
const mostPlaces = 200;

/**
 * Pieces of a text that begin with a bracket, end with its counterpart and hold a selector: a list that is printed between
 * other words. Each with its offset, in order; none inside another. Sub-configs of a list that breaks off are none: they are not all
 * of it.
 */
export function bracketedPieces(text: string): readonly { readonly offset: number; readonly piece: string }[] {
  const pieces: { offset: number; piece: string }[] = [];
  const opening = /[[{]/g;
  /** Where the sub-configs of a list end that has no end itself. */
  let brokenTo = -1;
  for (let tried = 0; tried < mostPlaces; tried++) {
    const found = opening.exec(text);
    if (!found) break;
    const end = closingOf(text, found.index);
    const piece = end === null ? '' : text.slice(found.index, end);
    if (!selector.test(piece)) continue;
    opening.lastIndex = end!;
    if (isInBrokenList(text, found.index, brokenTo)) brokenTo = end!;
    else pieces.push({ offset: found.index, piece });
  }
  return pieces;
}

/** Whether a dict stands in a list: directly behind its bracket, or behind another dict of it and a comma. A list that has its end is a piece itself. */
function isInBrokenList(text: string, start: number, brokenTo: number): boolean {
  const before = text.slice(Math.max(0, brokenTo), start).trimEnd();
  return text[start] === '{' && (before.endsWith('[') || (brokenTo >= 0 && before.trim() === ','));
}

/** One past the bracket that closes the one at `start`; quotes are passed over. */
function closingOf(text: string, start: number): number | null {
  const closing: string[] = [];
  for (let at = start; at < text.length; at++) {
    const unit = text[at]!;
    if (unit === '[') closing.push(']');
    else if (unit === '{') closing.push('}');
    else if (unit === '(') closing.push(')');
    else if (unit === ']' || unit === '}' || unit === ')') {
      if (closing.pop() !== unit) return null;
      if (closing.length === 0) return at + 1;
    } else if (unit === '"' || unit === "'") {
      const end = endOfQuote(text, at);
      if (end === null) return null;
      at = end;
    }
  }
  return null;
}

function endOfQuote(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
    else if (text[at] === '\n') return null;
  }
  return null;
}
