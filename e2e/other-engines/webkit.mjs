// Drives WebKit by plain calls of the W3C WebDriver protocol to WebKitWebDriver.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const element = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys by their names, as the protocol writes them. */
const keys = { Control: '\uE009', Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Backspace: '\uE003', End: '\uE010' };

/** Where WebKitWebDriver and its browser are, or `null`. */
export function findWebKit() {
  const driver = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'WebKitWebDriver')).find((path) => existsSync(path));
  const libraries = ['/usr/lib', ...folders('/usr/lib'), '/usr/libexec'];
  const browser = libraries
    .flatMap((folder) => ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((name) => join(folder, name, 'MiniBrowser')))
    .find((path) => existsSync(path));
  return driver && browser ? { driver, browser } : null;
}

function folders(path) {
  return existsSync(path) ? readdirSync(path).filter((name) => name.includes('linux-gnu')).map((name) => join(path, name)) : [];
}

/** Starts WebKit and gives a page of it. */
export async function startWebKit({ driver, browser }, port) {
  const home = mkdtempSync(join(tmpdir(), 'espalier-webkit-'));
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache'), WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
  const process_ = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' });
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(180_000),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`.slice(0, 400));
    return value;
  };
  await answered(() => call('GET', '/status'));
  const options = { binary: browser, args: ['--automation'] };
  const session = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options, pageLoadStrategy: 'eager', timeouts: { script: 120_000, pageLoad: 120_000 } } },
  });
  const at = `/session/${session.sessionId}`;
  await call('POST', `${at}/window/rect`, { width: 1440, height: 900 });
  const run = async (source, ...args) => {
    const result = await call('POST', `${at}/execute/async`, {
      script: `const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1);
        Promise.resolve().then(() => (${source})(...given)).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
      args,
    });
    if (result?.error) throw new Error(result.error);
    return result?.value;
  };
  /** What the pages reported that were left since. */
  const problems = [];
  const takeProblems = async () => problems.push(...((await run('() => (window.reportedProblems ?? []).splice(0)').catch(() => null)) ?? []));
  // The protocol tells nothing of errors: the page collects them itself, from as early as scripts can be sent to it.
  const collect = () =>
    run(`() => {
      if (window.reportedProblems) return;
      const reported = (window.reportedProblems = []);
      addEventListener('error', ({ message }) => reported.push('Uncaught: ' + message));
      addEventListener('unhandledrejection', ({ reason }) => reported.push('Unhandled rejection: ' + reason));
      const { error } = console;
      console.error = (...told) => {
        reported.push('Console: ' + told.join(' '));
        error.apply(console, told);
      };
    }`);
  const go = async (path, body) => {
    await takeProblems();
    await call('POST', `${at}/${path}`, body);
    await collect();
  };
  const press = (actions) => call('POST', `${at}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  return {
    name: 'WebKit',
    version: `WebKitGTK ${session.capabilities.browserVersion}`,
    goto: (url) => go('url', { url }),
    reload: () => go('refresh', {}),
    async problems() {
      await takeProblems();
      return problems;
    },
    run,
    async click(source, ...args) {
      const found = await run(source, ...args);
      await call('POST', `${at}/execute/sync`, { script: 'arguments[0].scrollIntoView({ block: "nearest" })', args: [found] });
      await call('POST', `${at}/element/${found[element]}/click`, {});
    },
    async type(text) {
      for (const character of text) await press([{ type: 'keyDown', value: character }, { type: 'keyUp', value: character }]);
    },
    async press(key, held = []) {
      const value = keys[key] ?? key;
      await press([
        ...held.map((other) => ({ type: 'keyDown', value: keys[other] })),
        { type: 'keyDown', value },
        { type: 'keyUp', value },
        ...held.toReversed().map((other) => ({ type: 'keyUp', value: keys[other] })),
      ]);
    },
    async close() {
      await call('DELETE', at).catch(() => undefined);
      process_.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function answered(ask) {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
