import type { Writable } from 'node:stream';

/** Writes lines to a stream; each promise resolves when more may be written. */
export interface Printer {
  readonly print: (line: string) => Promise<void>;
  /** The reader has closed the stream: later lines are dropped. */
  readonly close: () => void;
}

/** One listener for `drain` and one for `close`, however many lines are printed. */
export function createPrinter(stream: Writable): Printer {
  let waiting: (() => void)[] = [];
  let isClosed = false;
  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  };
  const close = (): void => {
    isClosed = true;
    release();
  };
  stream.on('drain', release);
  stream.on('close', close);
  return {
    print: (line) =>
      isClosed || stream.write(`${line}\n`)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    close,
  };
}
