// npm runs `prepare` in the copy of a git repository that it is about to pack: for `npx github:OWNER/espalier`. The package is built there.
// npm runs it in a clone, too, and nothing is done.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { hidePrepare } from './hide-prepare.mjs';

/** Folder of npm's copies below its cache. */
const isCopy = process.cwd().includes(`${sep}_cacache${sep}tmp${sep}`);

if (isCopy) {
  if (!existsSync('dist/cli/espalier.js')) {
    // With `npm install -g`, npm leaves the packages out that the build needs.
    if (!existsSync('node_modules/vite')) npm('ci', '--ignore-scripts', '--global=false', '--include=dev', '--no-audit', '--no-fund');
    npm('run', 'build');
  }
  hidePrepare();
}

function npm(...args) {
  const { status } = spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
