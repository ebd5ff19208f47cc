import { textOfTwo } from './mixed-prints.ts';

/** A text that tools have changed, as it was before (rule T7g); every line keeps its number where it can. */
export interface PlainForm {
  readonly text: string;
  /** How many printed texts were mixed line by line, of which the first is in `text`. */
  readonly mixed?: number;
}

const mostCharacters = 20_000_000;
/** This share of the lines must have the form; the others are remarks of people. */
const enough = 0.9;

/** What the text may have been before a tool changed it, one guess for each kind of change that it shows. */
export function plainForms(text: string): readonly PlainForm[] {
  if (text.length > mostCharacters) return [];
  const forms: PlainForm[] = [];
  const add = (changed: string | null, mixed?: number): void => {
    if (changed !== null && changed !== text) forms.push(mixed === undefined ? { text: changed } : { text: changed, mixed });
  };
  const lines = text.split(/\r?\n/);
  add(withoutQuotes(text));
  add(ofEscapedLines(text));
  add(ofQuotedLines(lines));
  add(/\\[_()[\]*]/.test(text) ? text.replaceAll(/\\([_()[\]*.#|<>`{}-])/g, '$1') : null);
  add(/[（）：]/.test(text) ? text.replaceAll('（', '(').replaceAll('）', ')').replaceAll(/： ?/g, ': ') : null);
  add(/\^M$/m.test(text) ? text.replaceAll(/\^M$/gm, '') : null);
  add(/^\s*(?:\*\*|`|~~)/m.test(text) ? text.replaceAll(/^(\s*)(\*\*|~~|`)(.*?)\2\s*$/gm, '$1$3') : null);
  add(text.replaceAll(/(?<=[\p{L}\p{N}_>]\() +(?=\([^()\s]+\): )/gu, '\n'));
  add(spacedKey.test(text) ? text.replaceAll(new RegExp(spacedKey, 'gmu'), '$1($2): $3(') : null);
  add(handKeys(text));
  add(/^\s*\(\*\*[^*\n]+\*\*\): /m.test(text) ? text.replaceAll(/\(\*\*([^*\n()]+)\*\*\)(?=: )/g, '($1)') : null);
  add(arrow.test(text) ? text.replaceAll(new RegExp(arrow, 'gmu'), withoutArrow) : null);
  add(withoutMarker(lines));
  add(withoutNumberLines(lines));
  const ofFirst = linesOfFirst(lines);
  if (ofFirst !== null) add(ofFirst.text, ofFirst.mixed);
  else add(textOfTwo(lines), 2);
  return forms;
}

/** A text without signs of tools that would become a part of names: labels of records, escapes of Markdown, colours without their escape sign, quotes around each line. */
export function withoutSigns(text: string): string {
  if (text.length > mostCharacters) return text;
  if (namedRecord.test(text)) return text.replaceAll(new RegExp(namedRecord, 'gimu'), '$1 $2');
  if (text.includes(String.raw`\_`) && (escapedName.test(text) || escapedWord.test(text))) return text.replaceAll(/\\([_()[\]*])/g, '$1');
  if (text.includes('[0m') && !escapeSign.test(text)) return text.replaceAll(/(?:\^\[)?\[\d{1,3}(?:;\d{1,3})*m/g, '');
  return /^\s*\[\s*(["'])[\p{L}_][\w.]*\(\1\s*,/u.test(text) ? (ofQuotedLines(text.split(/\r?\n/)) ?? text) : text;
}

/** The sign before a colour, as it is or as JSON and Python write it. */
const escapeSign = /\u001b|\\(?:u001b|x1b|033|e)\[/i;
/** Markdown's escape inside of a word, in a text that is no JSON. */
const escapedWord = /^\s*(?:[^\s[{"']|[[{]\s*\(?')[^]*\w\\_\w/;
const escapedName = /^[^\w\n]*\([\w.\\]*\): [^\n]*\\_|^[^\w\n]*\([\w.]*\\_[\w.\\]*\): /m;

/** A text in quotes whose line ends are real ones. */
function withoutQuotes(text: string): string | null {
  const inner = /^\s*(["'`])([^]*)\1[,;]?\s*$/.exec(text)?.[2];
  return inner?.includes('\n') === true ? inner : null;
}

/** Line ends that a `repr` or a logger wrote as `\n`. */
function ofEscapedLines(text: string): string | null {
  return /\(\\n\s*\(/.test(text) ? text.replaceAll(/\\r?\\n|\\n/g, '\n').replaceAll("\\'", "'").replaceAll(String.raw`\"`, '"') : null;
}

/** Each line in quotes, as notebooks keep their cells, or as a list of lines prints. */
function ofQuotedLines(lines: readonly string[]): string | null {
  // No two runs of spaces side by side: a long line of spaces would be divided between them in every way.
  const quoted = /^\s*(?:\[\s*)?(["'])(.*?)(?:\\n)?\1\s*(?:,\s*)?(?:\]\s*)?$/;
  if (!isMostly(lines, quoted)) return null;
  return lines.map((line) => quoted.exec(line)?.[2]?.replaceAll(/\\(["'])/g, '$1') ?? line).join('\n');
}

const marker = /^(\s*)(#+|\/\/+|--|;+|%+|\*|-|\+|>|\||!)(\s?.*)$/;

/** Comment and list signs before every line, at the edge or before the line's own text. */
function withoutMarker(lines: readonly string[]): string | null {
  const shown = lines.filter((line) => line.trim() !== '');
  const first = shown.map((line) => marker.exec(line)?.[2]).find((sign) => sign !== undefined);
  if (first === undefined || !isMostly(shown, { test: (line) => marker.exec(line)?.[2] === first })) return null;
  return lines
    .map((line) => {
      const [, lead, sign, rest] = marker.exec(line) ?? [];
      return sign === first ? lead! + rest!.replace(/^ /, '') : line;
    })
    .join('\n');
}

/** Keys as people write them by hand: `( fc ): Linear (`, `(fc) : Linear(`, `(fc):Linear(`. */
const spacedKey = /^([^\w(\n]*)\( ?([\w.-]+) ?\) ?: {0,2}(\p{Lu}\w*) ?\(/mu;

/** Names and types on lines of their own, as the documentation of NNI prints them: `op_name: fc`, then `op_type: <class …>`. */
const namedRecord = /^[ \t]*(?:op_|layer_|module_|layer |module )?name[ \t]*[:=][ \t]*(\S*)[ \t]*\r?\n[ \t]*(?:op_|layer_|module_|layer |module )?type[ \t]*[:=][ \t]*((?:<class '|_*\p{Lu}|(?:\w+\.)+\p{Lu}).*)$/imu;

/** A printed model whose keys people wrote without parentheses: `fc: Linear(…)`. */
function handKeys(text: string): string | null {
  const key = /^([ \t]+)([A-Za-z_]\w*|\d+(?:-\d+)?)[ \t]*:[ \t]*((?:\d+ x )?_*\p{Lu}[\w.]*\()/gmu;
  const isBlock = /^_*\p{Lu}[\w.]*\($/mu.test(text) && /^[ \t]*\)$/m.test(text);
  return isBlock && (text.match(key)?.length ?? 0) > 1 ? text.replaceAll(key, '$1($2): $3') : null;
}

const arrow = /^([ \t]*)(-+>|=+>|[→➡⇒▶►👉☞]|>>+|\*)([ \t]*)(?=\([^()\s]+\): )/mu;

/** An arrow at the edge has taken the place of spaces; further in it was put before the text. */
function withoutArrow(whole: string, lead: string, _sign: string, space: string): string {
  return lead === '' && space.length > 1 ? ' '.repeat(whole.length) : lead;
}

/** Numbers on lines of their own, as pages that number their lines are copied. */
function withoutNumberLines(lines: readonly string[]): string | null {
  let last: number | null = null;
  let count = 0;
  for (const line of lines) {
    const number = /^\s*(\d{1,6})\s*$/.exec(line)?.[1];
    if (number === undefined) continue;
    if (last !== null && Number(number) !== last + 1) return null;
    last = Number(number);
    count++;
  }
  return count > 2 ? lines.map((line) => (/^\s*\d{1,6}\s*$/.test(line) ? '' : line)).join('\n') : null;
}

const process = /^\s*(\[?(?:rank|worker|proc|gpu|cuda:|node)?[-_ ]?\d{1,4}\]?(?:\s?[:|])?|\w[\w.-]{0,30}-\d+\s*\|)\s?/i;

/** Several processes that write the same, each before its own prefix or one line after the other: the lines of the first. */
function linesOfFirst(lines: readonly string[]): PlainForm | null {
  const shown = lines.filter((line) => line.trim() !== '');
  if (shown.length > 3 && shown.length % 2 === 0 && shown.every((line, at) => at % 2 === 0 || line === shown[at - 1])) {
    return { text: shown.filter((_, at) => at % 2 === 0).join('\n'), mixed: 2 };
  }
  if (!isMostly(lines, process)) return null;
  const prefixes = new Set(shown.flatMap((line) => process.exec(line)?.[1] ?? []));
  if (prefixes.size < 2 || prefixes.size > 64 || prefixes.size * 3 > shown.length) return null;
  const [first] = prefixes;
  const text = lines.map((line) => (process.exec(line)?.[1] === first ? line.replace(process, '') : '')).join('\n');
  return { text, mixed: prefixes.size };
}

function isMostly(lines: readonly string[], pattern: { readonly test: (line: string) => boolean }): boolean {
  const shown = lines.filter((line) => line.trim() !== '');
  return shown.length > 1 && shown.filter((line) => pattern.test(line)).length >= shown.length * enough;
}
