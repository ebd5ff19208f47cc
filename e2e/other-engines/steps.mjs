// The steps of the walk, in order. Each asserts what a person sees, and waits for it, never for a time.
import { find } from './in-page.mjs';

const findSource = String(find);

/** What a found element shows; null when there is none. The page's policy allows no code from text, so `find` stands in it. */
const textSource = `(role, name, within) => {
  const node = (${findSource})(role, name, within);
  return node && (node.value || node.innerText || node.getAttribute('aria-label') || ' ');
}`;
const patience = 45_000;

/** Asks until the answer satisfies `isRight`; fails with the last one. */
async function until(ask, isRight, what) {
  const end = Date.now() + patience;
  let answer;
  do {
    answer = await ask().catch((error) => `${error}`);
    if (isRight(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  throw new Error(`${what}: ${JSON.stringify(answer)?.slice(0, 300)}`);
}

const shows = (page, role, name, text, within = null) =>
  until(() => page.run(textSource, role, name, within), (shown) => typeof shown === 'string' && text.test(shown), `${role} ${name} should show ${text}`);

async function click(page, role, name, within = null) {
  await until(() => page.run(textSource, role, name, within), (shown) => shown !== null && !String(shown).startsWith('Error'), `${role} ${name} should be there`);
  await page.click(findSource, role, name, within);
}

/** Puts the focus into a field and replaces its text by typing. */
async function fill(page, role, name, text) {
  await click(page, role, name);
  await page.press('a', ['Control']);
  await page.press('Backspace');
  await page.type(text);
}

const card = 'Sub-config 1$';
const atOnce = async (page) => {
  await click(page, 'button', '^ResNet-18');
  await click(page, 'button', '^Prune all Conv2d');
  await shows(page, 'article', card, /selects 20 modules/);
};

async function openDialog(page, title, open) {
  await open();
  const size = await until(
    () =>
      page.run(
        `(title) => {
          const dialog = (${findSource})('dialog', title, null);
          const body = dialog?.querySelector('header + div');
          return body && { height: body.clientHeight, wanted: Math.min(body.scrollHeight, innerHeight * 0.6) };
        }`,
        title,
      ),
    (found) => found && found.height >= found.wanted - 1 && found.height > 60,
    `the body of ${title} should have its height`,
  );
  return size;
}

/** In WebKit the first Escape in a field with suggestions closes these, as it does on every page. */
async function closeDialog(page) {
  const isClosed = () => page.run("() => document.querySelector('dialog[open]') === null");
  await page.press('Escape');
  const isField = await page.run("() => document.activeElement?.hasAttribute('list') ?? false");
  if (isField && !(await isClosed())) await page.press('Escape');
  await until(isClosed, (closed) => closed === true, 'Escape should close the dialog');
}

const headerDialogs = ['Import', 'Share', 'Export'];

/** From the menu of the header, by what it calls them. */
const menuDialogs = [
  ['Keyboard shortcuts', 'shortcuts'],
  ['Setting templates', 'emplates'],
];

export const steps = [
  ['a sample that is chosen at once is resolved', async (page, { url }) => {
    await page.goto(url);
    await atOnce(page);
  }],
  ['a page that is reloaded at once has the plan and resolves it', async (page) => {
    await page.reload();
    await shows(page, 'article', card, /selects 20 modules/);
  }],
  ['a pattern lights up what it matches while it is typed', async (page) => {
    await click(page, 'button', '^Expand all');
    await fill(page, 'textbox', '^Pattern 1 of op_names_re, sub-config 1$', 'layer1');
    await shows(page, 'treeitem', '^layer1\\.0\\.conv1, .*matches the pattern', /./);
    await shows(page, 'article', card, /selects 4 modules/);
  }],
  ['a setting', async (page) => {
    await fill(page, 'textbox', '^sparse_ratio, sub-config 1$', '0.75');
    await page.press('Tab');
    await shows(page, 'textbox', '^sparse_ratio, sub-config 1$', /^0\.75$/);
  }],
  ['Resolved shows the setting of a module', async (page) => {
    await click(page, 'tab', '^Resolved');
    await click(page, 'treeitem', '^layer1\\.0\\.conv1,');
    await shows(page, 'region', '^Resolved settings', /0\.75/);
  }],
  ['the JSON editor takes typing and completes', async (page) => {
    await click(page, 'tab', '^JSON');
    await until(() => page.run("() => document.querySelector('.monaco-editor .view-lines')?.innerText ?? ''"), (text) => /layer1/.test(text), 'the editor should show the list');
    await page.click("() => document.querySelector('.monaco-editor .view-lines')");
    await page.press('a', ['Control']);
    await page.type('[{"op_types": ["Conv2d"], "sparse_rat');
    await until(() => page.run("() => document.querySelector('.suggest-widget.visible')?.innerText ?? ''"), (text) => /sparse_ratio/.test(text), 'completion should offer sparse_ratio');
    await page.press('Escape');
    await page.press('a', ['Control']);
    await page.press('Backspace');
    await page.type('[{"op_types": ["Linear"]');
    // The editor closes what is open by itself.
    await until(() => page.run("() => document.querySelector('.monaco-editor .view-lines')?.innerText ?? ''"), (text) => /Linear/.test(text), 'the editor should show what was typed');
    await shows(page, 'article', card, /selects 1 module\b/);
  }],
  ['every dialog of the header has its height', async (page) => {
    for (const title of headerDialogs) {
      await openDialog(page, `^${title}`, () => click(page, 'button', `^${title}$`));
      if (title === 'Export') await shows(page, 'textbox', '', /Linear/, 'dialog[open]');
      await closeDialog(page);
    }
  }],
  ['every dialog of the menu has its height', async (page) => {
    for (const [item, title] of menuDialogs) {
      await openDialog(page, title, async () => {
        await click(page, 'button', '^More$');
        await click(page, 'menuitem', item);
      });
      await closeDialog(page);
    }
  }],
  ['a file that is dropped is opened for import', async (page) => {
    await page.run(`() => {
      const data = new DataTransfer();
      data.items.add(new File(['[{"op_types": ["BatchNorm2d"], "sparse_ratio": 0.5}]'], 'list.json', { type: 'application/json' }));
      const target = document.querySelector('main');
      for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }`);
    await shows(page, 'dialog', '^Import', /BatchNorm2d|1 sub-config/);
    await closeDialog(page);
  }],
  ['a share link opens the plan', async (page, { url }) => {
    await click(page, 'button', '^Share$');
    const link = await until(
      () => page.run("() => [...document.querySelectorAll('dialog[open] input, dialog[open] textarea')].map(({ value }) => value).find((value) => value.includes('#plan=')) ?? null"),
      (found) => typeof found === 'string' && found.includes('#plan='),
      'Share should show a link',
    );
    await closeDialog(page);
    // The page forgets which plan it had open: only the link can bring it back.
    await page.run("() => { sessionStorage.clear(); localStorage.setItem('espalier.last-plan', '-'); addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true); }");
    await page.goto('about:blank');
    await page.goto(url + link.slice(link.indexOf('#')));
    await shows(page, 'article', card, /selects 1 module\b/);
  }],
  ['the dark theme', async (page) => {
    await click(page, 'button', '^More$');
    await click(page, 'menuitem', 'Dark theme');
    await until(() => page.run('() => document.documentElement.dataset.theme'), (theme) => theme === 'dark', 'the page should be dark');
  }],
  ['without the server the page opens again', async (page, server) => {
    await until(() => page.run('() => navigator.serviceWorker?.controller !== null && navigator.serviceWorker?.controller !== undefined'), (isKept) => isKept === true, 'the service worker should control the page');
    // Every file is kept before the server goes.
    await until(
      () => page.run("async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((sum, count) => sum + count, 0)"),
      (count) => count > 100,
      'the files of the page should be kept',
    );
    await server.stop();
    await page.reload();
    await shows(page, 'article', card, /selects 1 module\b/);
  }],
];
