// Installs the dependencies of the lock file when they are not there yet, or not the ones it names.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command in the project's folder, its output shown; gives its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (result.error) {
    console.error(`${command} could not be started: ${result.error.message}`);
    return 1;
  }
  return result.status ?? 1;
}

/** Runs a command next to others; resolves with its exit code and its output, unless that is shown at once. */
export function runBeside(command, args, { shown, ...options }) {
  return new Promise((resolve) => {
    const stdio = ['ignore', ...(shown ? ['inherit', 'inherit'] : ['pipe', 'pipe'])];
    const child = spawn(command, args, { cwd: root, stdio, shell: process.platform === 'win32', ...options });
    const texts = [];
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => texts.push(text));
    child.on('error', (error) => resolve({ code: 1, output: `${command} could not be started: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: texts.join('') }));
  });
}

/** Path of a program that a dependency brings. */
export function binary(name) {
  return join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Makes sure that the packages of the lock file are installed; ends the process when it cannot be. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: Espalier needs Node 20.19 or newer (https://nodejs.org).`);
    process.exit(1);
  }
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const stamp = join(root, 'node_modules', '.cache', 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === `${digest} ${process.version}`) return;
  console.log('Installing dependencies …');
  if (run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    console.error('The dependencies could not be installed: see the message of npm above.');
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stamp, `${digest} ${process.version}`);
}
