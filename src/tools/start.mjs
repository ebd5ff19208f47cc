// `npm start`: installs, builds, serves and prints the address. `npm start -- --port 5000` picks the port.
import { spawn } from 'node:child_process';
import { binary, ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
if (run(binary('vite'), ['build', '--logLevel', 'warn']) !== 0) process.exit(1);
const server = spawn(binary('vite'), ['preview', '--outDir', 'dist/app', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
console.log('\nEspalier is built; the address to open in a browser is the one below. Stop it with Ctrl+C.');
server.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
