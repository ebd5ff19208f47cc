import packageFile from '../../package.json' with { type: 'json' };
import { splitLines } from './lines.ts';
import { createPrinter } from './printer.ts';
import { printable } from './printable.ts';
import { runCommand } from './run.ts';

/** Lines of standard input, which is left alone until they are asked for. */
async function* linesOfStdin(): AsyncGenerator<string> {
  process.stdin.setEncoding('utf8');
  yield* splitLines(process.stdin as AsyncIterable<string>);
}

/** Runs the command that this process was started with, and sets its exit code. */
export async function main(): Promise<void> {
  const { print, close } = createPrinter(process.stdout);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      console.error(`espalier: The output cannot be written: ${error.message}.`);
      process.exit(2);
    }
    // The reader closed the pipe. `check` still has to finish: its exit code is the answer.
    if (process.argv[2] !== 'check') process.exit(0);
    close();
  });
  // A reader of messages that has gone changes no exit code.
  process.stderr.on('error', () => undefined);

  try {
    process.exitCode = await runCommand(process.argv.slice(2), {
      lines: linesOfStdin(),
      print,
      complain: (line) => console.error(line),
      version: packageFile.version,
    });
  } catch (error) {
    // Exit code 1 says that NNI refuses a list: a fault of this program is not that.
    console.error(`espalier: A fault of espalier itself: ${printable(error instanceof Error ? error.message : String(error))}.`);
    process.exitCode = 2;
  }
}
