import packageFile from '../../package.json' with { type: 'json' };
import { splitLines } from './lines.ts';
import { runCommand } from './run.ts';

/** Lines of standard input, which is left alone until they are asked for. */
async function* linesOfStdin(): AsyncGenerator<string> {
  process.stdin.setEncoding('utf8');
  yield* splitLines(process.stdin as AsyncIterable<string>);
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
