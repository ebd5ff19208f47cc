import packageFile from '../../package.json' with { type: 'json' };
import { splitLines } from './lines.ts';
import { runCommand } from './run.ts';

/** Lines of standard input, which is left alone until they are asked for. */
async function* linesOfStdin(): AsyncGenerator<string> {
  process.stdin.setEncoding('utf8');
  yield* splitLines(process.stdin as AsyncIterable<string>);
}

let isClosed = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    console.error(`espalier: The output cannot be written: ${error.message}.`);
    process.exit(2);
  }
  // Whoever reads has seen enough. What `check` says by its exit code is still to be worked out.
  if (process.argv[2] !== 'check') process.exit(0);
  isClosed = true;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  lines: linesOfStdin(),
  print: (line) =>
    new Promise((resolve) => {
      if (isClosed || process.stdout.write(`${line}\n`)) resolve();
      else process.stdout.once('drain', resolve).once('close', resolve);
    }),
  complain: (line) => console.error(line),
  version: packageFile.version,
});
