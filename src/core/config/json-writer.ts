import {
  type ConfigNumber,
  type ConfigObject,
  type ConfigValue,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  pythonFloat,
} from './value.ts';

export interface WriteJsonOptions {
  /** Spaces a level. */
  readonly indent?: number;
  /** Lists of plain values are written on one line when that is no longer than this. */
  readonly width?: number;
  /** Margin that the lines after the first begin with; it counts for the width. */
  readonly margin?: string;
}

/** How a number is written. */
type WriteNumber = (number: ConfigNumber) => string;

/**
 * Writes a value as JSON, laid out for reading: objects a key a line, short lists of plain values on one line.
 * Numbers keep their text (rule E1). Ends without a line feed.
 */
export function writeJson(value: ConfigValue, { indent = 2, width = 100, margin = '' }: WriteJsonOptions = {}): string {
  return write(value, { step: ' '.repeat(indent), width, number: asWritten }, margin, 0);
}

/** As `writeJson`, with numbers as Python's `json.dumps` writes them: `1e-3` becomes `0.001`. */
export function writePythonJson(value: ConfigValue, { indent = 2, width = 100 }: WriteJsonOptions = {}): string {
  return write(value, { step: ' '.repeat(indent), width, number: asPython }, '', 0);
}

/** Writes a value as JSON on one line without spaces; numbers keep their text. */
export function writeCompactJson(value: ConfigValue): string {
  return compact(value, asWritten, '');
}

/**
 * As `writeCompactJson`, with numbers as Python's `json.dumps` writes them. An object that occurs in several places is
 * written out once: thousands of modules share their settings.
 */
export function writeCompactPythonJson(value: ConfigValue): string {
  return compact(value, asPython, '', new Map());
}

function asWritten(number: ConfigNumber): string {
  return number.text;
}

function asPython(number: ConfigNumber): string {
  return number.type === 'float' ? pythonFloat(numberOf(number)) : String(BigInt(number.text));
}

interface Layout {
  readonly step: string;
  readonly width: number;
  readonly number: WriteNumber;
}

/** `before` is the text already on the line after the margin: a key with its colon. */
function write(value: ConfigValue, layout: Layout, margin: string, before: number): string {
  if (isConfigObject(value)) {
    if (value.entries.length === 0) return '{}';
    const inner = margin + layout.step;
    const lines = value.entries.map(([key, item]) => {
      const start = `${JSON.stringify(key)}: `;
      return inner + start + write(item, layout, inner, start.length);
    });
    return `{\n${lines.join(',\n')}\n${margin}}`;
  }
  if (!isConfigList(value)) return compact(value, layout.number, ' ');
  const line = isPlain(value) ? compact(value, layout.number, ' ') : null;
  // One more for the comma that may follow.
  if (line !== null && margin.length + before + line.length + 1 <= layout.width) return line;
  if (value.length === 0) return '[]';
  const inner = margin + layout.step;
  return `[\n${value.map((item) => inner + write(item, layout, inner, 0)).join(',\n')}\n${margin}]`;
}

/** Plain values and lists of plain values: they may be written on one line. */
function isPlain(value: ConfigValue): boolean {
  if (isConfigObject(value)) return value.entries.length === 0;
  return !isConfigList(value) || value.every((item) => !isConfigObject(item) && isPlain(item));
}

function compact(value: ConfigValue, number: WriteNumber, gap: string, written?: Map<ConfigObject, string>): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isConfigNumber(value)) return number(value);
  if (isConfigList(value)) return `[${value.map((item) => compact(item, number, gap, written)).join(`,${gap}`)}]`;
  const known = written?.get(value);
  if (known !== undefined) return known;
  const entries = value.entries.map(
    ([key, item]) => `${JSON.stringify(key)}:${gap}${compact(item, number, gap, written)}`,
  );
  const text = `{${entries.join(`,${gap}`)}}`;
  written?.set(value, text);
  return text;
}
