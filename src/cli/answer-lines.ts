import { readJsonValue } from '../core/config/json-reader.ts';
import { writeCompactPythonJson } from '../core/config/json-writer.ts';
import { objectOf, type ConfigValue } from '../core/config/value.ts';
import { UnusableInput } from './command-line.ts';
import { printable, wordUnusable } from './printable.ts';

/** The streams of a command: input, output and errors. */
export interface Streams {
  /** Lines of standard input. */
  readonly lines: AsyncIterable<string>;
  /** Writes a line; resolves when more may be written. */
  readonly print: (line: string) => Promise<void>;
  readonly complain: (line: string) => void;
  readonly version: string;
}

/** An answer as a line of JSON. Characters that steer a terminal become escapes, which JSON reads as the same text. */
export function jsonLine(value: ConfigValue): string {
  return printable(writeCompactPythonJson(value));
}

/**
 * Answers every line that is not blank with a line. A line that cannot be used gets an answer and a message, and makes
 * the exit code 2; the others are not held up by it.
 */
export async function answerLines(
  { lines, print, complain }: Pick<Streams, 'lines' | 'print' | 'complain'>,
  answer: (line: string, number: number) => Promise<ConfigValue>,
): Promise<number> {
  let exitCode = 0;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    let answered;
    try {
      answered = await answer(line, number);
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      complain(wordUnusable(error));
      answered = objectOf([['unusable', objectOf([['message', error.message]])]]);
      exitCode = 2;
    }
    await print(jsonLine(answered));
  }
  return exitCode;
}

/**
 * Distinguishes one list over several lines from a list on each line. Only when the first line that is not blank ends within a list
 * is all read first.
 */
export async function wholeOrLines(
  lines: AsyncIterable<string>,
): Promise<{ readonly lines: AsyncIterable<string>; readonly whole: ConfigValue | null }> {
  const iterator = lines[Symbol.asyncIterator]();
  const taken: string[] = [];
  const take = async (): Promise<string | null> => {
    const { done, value } = await iterator.next();
    if (done === true) return null;
    taken.push(value);
    return value;
  };
  let line = await take();
  while (line !== null && line.trim() === '') line = await take();
  let whole: ConfigValue | null = null;
  if (line !== null && !readJsonValue(line).ok) {
    while ((await take()) !== null);
    const read = readJsonValue(taken.join('\n'));
    if (read.ok) whole = read.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield* taken;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { lines: all(), whole };
}
