import { spawn } from 'node:child_process';

/** Milliseconds after which a program that still runs counts as a browser. */
const longestStart = 3000;

/** Shows an address in the browser of this machine. Gives `false` where there is none, as without a screen. */
export function openBrowser(address: string): Promise<boolean> {
  const [program, ...args] = browserCommand(process.platform, process.env['BROWSER']);
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.on('error', () => resolve(false));
    // Programs that only pass the address on end at once, and say by their exit code whether there was a browser.
    child.on('exit', (code) => resolve(code === 0));
    child.unref();
    setTimeout(() => resolve(true), longestStart).unref();
  });
}

/** The program that opens an address, with the arguments before the address. */
function browserCommand(platform: string, browser: string | undefined): readonly [string, ...string[]] {
  if (browser !== undefined && browser !== '') return [browser];
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
