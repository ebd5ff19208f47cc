import { createInterface } from 'node:readline';
import packageFile from '../../package.json' with { type: 'json' };
import { runCommand } from './run.ts';

/** Lines of standard input, which is left alone until they are asked for. */
async function* linesOfStdin(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  lines: linesOfStdin(),
  print: (line) =>
    new Promise((resolve) => {
      if (process.stdout.write(`${line}\n`)) resolve();
      else process.stdout.once('drain', resolve);
    }),
  complain: (line) => console.error(line),
  version: packageFile.version,
});
