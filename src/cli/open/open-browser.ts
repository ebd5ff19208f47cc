import { spawn } from 'node:child_process';

/** Shows an address in the browser of this machine. Gives `false` where there is none; the address was printed before. */
export function openBrowser(address: string): Promise<boolean> {
  const [program, ...args] = browserCommand(process.platform, process.env['BROWSER']);
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** The program that opens an address, with the arguments before the address. */
function browserCommand(platform: string, browser: string | undefined): readonly [string, ...string[]] {
  if (browser !== undefined && browser !== '') return [browser];
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
