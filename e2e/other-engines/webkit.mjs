// Drives WebKit by plain calls of the W3C WebDriver protocol to WebKitWebDriver.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DriverFault, passFault } from './driver-fault.mjs';

const element = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys by their names, as the protocol writes them. */
const keys = { Control: '\uE009', Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Backspace: '\uE003', End: '\uE010' };

/** Milliseconds for an answer of the driver, for a script and for a page to load. */
const answerTime = 30_000;

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
  const call = async (method, path, body, within = answerTime) => {
    const { ok, value } = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(within),
    })
      .then(async (response) => ({ ok: response.ok, value: (await response.json()).value }))
      .catch((error) => {
        throw new DriverFault(`WebKitWebDriver did not answer ${method} ${path}: ${error.cause?.message ?? error.message}`);
      });
    if (value?.error === 'invalid session id') throw new DriverFault(`WebKitWebDriver lost its browser at ${method} ${path}.`);
    if (!ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`.slice(0, 400));
    return value;
  };
  const stop = () => {
    process_.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const options = { binary: browser, args: ['--automation'] };
  // With "eager" a script that comes between DOMContentLoaded and the end of the load waits for the next DOMContentLoaded, which
  // never comes. With "none" the driver lets nothing wait, and `go` waits by itself.
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options, pageLoadStrategy: 'none' } };
  const session = await repeated(() => call('GET', '/status'), () => true)
    .then(() => call('POST', '/session', { capabilities }))
    .catch((error) => {
      stop();
      throw error;
    });
  const at = `/session/${session.sessionId}`;
  await call('POST', `${at}/window/rect`, { width: 1440, height: 900 });
  const executed = (script, args = [], within = answerTime) => call('POST', `${at}/execute/sync`, { script, args }, within);
  /** Runs a function in the page. Its promise is kept there and asked for: an answer that is late cannot be lost. */
  const run = async (source, ...args) => {
    const first = await executed(
      `const answer = (${source})(...arguments);
      if (typeof answer?.then !== 'function') return { value: answer };
      const key = crypto.randomUUID();
      const kept = (window.walkAnswers ??= {});
      answer.then((value) => { kept[key] = { value }; }, (error) => { kept[key] = { error: String(error) }; });
      return { key };`,
      args,
    );
    if (first.key === undefined) return first.value;
    const { value, error } = await repeated(
      () => executed('const answer = window.walkAnswers?.[arguments[0]] ?? null; if (answer) delete window.walkAnswers[arguments[0]]; return answer;', [first.key]),
      (answer) => answer !== null,
    );
    if (error) throw new Error(error);
    return value;
  };
  /** Reports of the pages that were left since. */
  const problems = [];
  const takeProblems = async () => problems.push(...((await run('() => (window.reportedProblems ?? []).splice(0)').catch(passFault)) ?? []));
  const go = async (path, body) => {
    await takeProblems();
    await executed('window.isLeft = true');
    await call('POST', `${at}/${path}`, body);
    // A question can get lost between the processes of the old and the new page: it is asked again.
    await repeated(() => executed(`if (window.isLeft) return false; (${String(collectProblems)})(); return document.readyState === 'complete';`, [], 3000), (isLoaded) => isLoaded);
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
    async runInFrame(source, ...args) {
      await call('POST', `${at}/frame`, { id: 0 });
      return run(source, ...args).finally(() => call('POST', `${at}/frame`, { id: null }));
    },
    async click(source, ...args) {
      const found = await run(source, ...args);
      if (!found) throw new Error('There is nothing to click.');
      await executed('arguments[0].scrollIntoView({ block: "nearest" })', [found]);
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
      await call('DELETE', at, undefined, 5000).catch(() => undefined);
      stop();
    },
  };
}

/** Runs in the page: the protocol says nothing of errors, so the page collects them itself, from as early as a script can be sent to it. */
function collectProblems() {
  if (window.reportedProblems) return;
  const reported = (window.reportedProblems = []);
  addEventListener('error', ({ message }) => reported.push(`Uncaught: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => reported.push(`Unhandled rejection: ${reason}`));
  const { error } = console;
  console.error = (...given) => {
    reported.push(`Console: ${given.join(' ')}`);
    error.apply(console, given);
  };
}

/** Asks until the answer is right, for as long as a person would wait for a page; then fails with the last answer. */
async function repeated(ask, isRight) {
  const end = Date.now() + answerTime;
  for (;;) {
    let answer;
    try {
      answer = await ask();
      if (isRight(answer)) return answer;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error(`The page did not load, or a script in it did not end, within ${answerTime / 1000} s: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
