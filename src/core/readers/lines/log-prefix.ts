const longestPrefix = 200;

/**
 * Matches the prefix that loggers, launchers and listings write before each line of a block. It equals the prefix of the block's
 * first line, except for numbers, which change from line to line (times, line numbers). Null for text that they do not write.
 */
export function prefixLike(before: string): RegExp | null {
  const text = before.trim();
  if (text === '' || before.length > longestPrefix || /^\(.*\):$/.test(text)) return null;
  const source = before
    .trimEnd()
    .replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)
    .replaceAll(/( *)\d+/g, (_, space: string, at: number) => `${space === '' ? '' : at === 0 ? ' *' : ' +'}\\d{1,20}`);
  const space = before.length - before.trimEnd().length;
  return new RegExp(String.raw`^${source}(?: {${space}}|$)`);
}

/** A line without the prefix of its block. */
export function withoutPrefix(line: string, prefix: RegExp | null): string {
  return prefix === null ? line : line.replace(prefix, '');
}

/** Lines to look at for the same prefix. */
const linesBelow = 5;

/**
 * All lines without the text before the given column of a line, where the lines below begin alike: a table in a log.
 * Null where they do not.
 */
export function withoutLogPrefix(lines: readonly string[], at: number, column: number): readonly string[] | null {
  const prefix = prefixLike(lines[at]!.slice(0, column));
  if (prefix === null) return null;
  const below = lines.slice(at + 1, at + 1 + linesBelow).filter((line) => line.trim() !== '');
  return below.length > 0 && below.every((line) => prefix.test(line)) ? lines.map((line) => line.replace(prefix, '')) : null;
}
