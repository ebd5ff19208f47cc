// The steps of the walk, in order. Each asserts something visible, and waits for it, never for a time.
import { passFault } from './driver-fault.mjs';
import { hasPython, listInFolder, makeReport, openList, showInPython } from './files.mjs';
import { find } from './in-page.mjs';

const findSource = String(find);

/** The text of a found element; null when there is none. The page's policy allows no code from text, so `find` is part of it. */
const textSource = `(role, name, within) => {
  const node = (${findSource})(role, name, within);
  return node && (node.value || node.innerText || node.getAttribute('aria-label') || ' ');
}`;
const patience = 45_000;

/** Asks until the answer satisfies `isRight`; fails with the last one, and at once when the driver does not answer. */
async function until(ask, isRight, what) {
  const end = Date.now() + patience;
  let answer;
  do {
    answer = await ask().catch((error) => {
      passFault(error);
      return `${error}`;
    });
    if (isRight(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  throw new Error(`${what}: ${JSON.stringify(answer)?.slice(0, 300)}`);
}

const shows = (page, role, name, text, within = null) =>
  until(() => page.run(textSource, role, name, within), (shown) => typeof shown === 'string' && text.test(shown), `${role} ${name} should show ${text}`);

/** An element that was drawn again between being found and being clicked is looked for again. */
async function click(page, role, name, within = null) {
  const end = Date.now() + patience;
  for (;;) {
    await until(() => page.run(textSource, role, name, within), (shown) => shown !== null && !String(shown).startsWith('Error'), `${role} ${name} should be there`);
    try {
      return await page.click(findSource, role, name, within);
    } catch (error) {
      if (Date.now() > end || !/stale element reference|nothing to click|Node is (?:detached|either not clickable)/.test(error.message)) throw error;
    }
  }
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
          const body = dialog?.querySelector('header + div') ?? dialog?.querySelector('[role=listbox]');
          return body && { height: body.clientHeight, wanted: Math.min(body.scrollHeight, innerHeight * 0.6) };
        }`,
        title,
      ),
    (found) => found && found.height >= found.wanted - 1 && found.height > 60,
    `the body of ${title} should have its height`,
  );
  return size;
}

/** After a step that failed: closes the layers that it left open, for the next one. */
export async function tidyUp(page) {
  for (let presses = 0; presses < 3; presses++) await page.press('Escape').catch(passFault);
}

/** In WebKit the first Escape in a field with suggestions closes these, as it does on every page. */
async function closeDialog(page) {
  const isClosed = () => page.run("() => document.querySelector('dialog[open]') === null");
  await page.press('Escape');
  const isField = await page.run("() => document.activeElement?.hasAttribute('list') ?? false");
  if (isField && !(await isClosed())) await page.press('Escape');
  await until(isClosed, (closed) => closed === true, 'Escape should close the dialog');
}

/** Runs an action by its title in the palette. */
async function runInPalette(page, title) {
  await page.press('k', ['Control']);
  await shows(page, 'combobox', '^Action or module$', /./);
  await page.type(title);
  await shows(page, 'option', title.replaceAll(/[^\w ]/g, '.'), /./);
  await page.press('Enter');
}

/** The dialogs that can be opened at any time: how they are opened, and the start of their title. */
const dialogs = [
  ...['Import', 'Share', 'Export'].map((name) => [[['button', `^${name}$`]], `^${name}`]),
  ...[
    ['Keyboard shortcuts', 'shortcuts'],
    ['Setting templates', 'emplates'],
  ].map(([item, title]) => [[['button', '^More$'], ['menuitem', item]], title]),
  ...[
    ['Compare', '^Compare plans'],
    ['Assertions', '^Assertions for'],
    ['All plans', '^Plans of this browser'],
  ].map(([item, title]) => [[['button', '^Plan: '], ['menuitem', `^${item}`]], title]),
  [[['button', '^resnet18'], ['menuitem', '^Open another model']], '^Open a model'],
  [[['button', '^Change the algorithm$']], '^Algorithm for'],
];

/** The dialogs that the palette opens: title of the action, and the start of theirs. */
const dialogsByPalette = [
  ['Add sub-configs from a preset', '^Presets for'],
  ['Set dependency groups from the data flow', '^Set dependency groups'],
  ['Complete the model with another file', '^Complete '],
  ['Open a teacher for distillation', '^Teacher'],
];

/** Drops a file with a text on the page. */
const drop = (page, name, text) =>
  page.run(
    `(name, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'application/json' }));
      const target = document.querySelector('main');
      for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }`,
    name,
    text,
  );

/** Relative luminance of the page and of its text, as painted, and their contrast. */
const coloursSource = `() => {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = '#000';
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const painted = [document.body, document.documentElement].map((node) => getComputedStyle(node).backgroundColor).find((colour) => !/rgba\\(0, 0, 0, 0\\)|transparent/.test(colour));
  const [back, text] = [luminance(painted ?? '#fff'), luminance(getComputedStyle(document.body).color)];
  return { back, text, contrast: (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05) };
}`;

/** Fails when the pages since then reported an error: `count` is the number of errors before. */
async function noErrorAfter(page, count) {
  const problems = (await page.problems()).slice(count);
  if (problems.length > 0) throw new Error(problems.join('\n      '));
}

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
    await click(page, 'button', '^Add a condition to sub-config 1$');
    await click(page, 'menuitem', '(?<!exclude_)op_names_re$');
    // The field is new and empty: Backspace would take it away again.
    await click(page, 'textbox', '^Pattern 1 of op_names_re, sub-config 1$');
    await page.type('layer1');
    await shows(page, 'treeitem', '^layer1\\.0\\.conv1, .*matches the pattern', /./);
    await shows(page, 'article', card, /selects 4 modules/);
  }],
  ['while the tree scrolls, its headings stand above their columns', async (page) => {
    // The last columns of a row and of the headings; the columns before them are as wide as the texts in their row.
    const ends = `() => {
      const scroller = document.querySelector('[role=tree] > div');
      const grids = [document.querySelector('[aria-label="Sort siblings by parameters"]').parentElement, scroller.querySelector('[data-row] > div')];
      return { scrolls: scroller.scrollHeight > scroller.clientHeight, ends: grids.map((grid) => {
        const { gridTemplateColumns, columnGap } = getComputedStyle(grid);
        const widths = gridTemplateColumns.split(' ').map((width) => Number.parseFloat(width) + Number.parseFloat(columnGap));
        return [5, 6].map((count) => Math.round(grid.getBoundingClientRect().left + widths.slice(0, count).reduce((sum, width) => sum + width)));
      }) };
    }`;
    await until(() => page.run(ends), ({ scrolls, ends: [heading, row] }) => scrolls && String(heading) === String(row), 'headings and columns should end at the same places');
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
    // The editor closes open brackets by itself.
    await until(() => page.run("() => document.querySelector('.monaco-editor .view-lines')?.innerText ?? ''"), (text) => /Linear/.test(text), 'the editor should show what was typed');
    await shows(page, 'article', card, /selects 1 module\b/);
  }],
  ...dialogs.map(([clicks, title]) => [
    `the dialog ${title.replaceAll(/[\^|]/g, ' ').trim()} has its height`,
    async (page) => {
      await openDialog(page, title, async () => {
        for (const [role, name] of clicks) await click(page, role, name);
      });
      if (title === '^Export') await shows(page, 'dialog', '^Export', /Linear/);
      await closeDialog(page);
    },
  ]),
  ['the command palette has its height', async (page) => {
    await openDialog(page, '^Command palette', () => page.press('k', ['Control']));
    await closeDialog(page);
  }],
  ...dialogsByPalette.map(([action, title]) => [
    `the dialog ${title.replaceAll(/[\^|]/g, ' ').trim()} has its height`,
    async (page) => {
      await openDialog(page, title, () => runInPalette(page, action));
      await closeDialog(page);
    },
  ]),
  ['what a plan loses with another model has its height', async (page) => {
    await runInPalette(page, 'Open sample GPT-2');
    await shows(page, 'region', '^Modules that the plan loses$', /in gpt2|gpt2 took/);
    await openDialog(page, '^Modules that the plan loses and gains', () => click(page, 'button', '^Show names$'));
    await closeDialog(page);
    await runInPalette(page, 'Open sample ResNet-18');
    await shows(page, 'button', '^resnet18', /resnet18/);
    await shows(page, 'article', card, /selects 1 module\b/);
  }],
  ['a file that is dropped is opened for import', async (page) => {
    await drop(page, 'list.json', '[{"op_types": ["BatchNorm2d"], "sparse_ratio": 0.5}]');
    await shows(page, 'dialog', '^Import', /BatchNorm2d|1 sub-config/);
    await closeDialog(page);
  }],
  ['a file with names of the open model asks what it is', async (page) => {
    const names = ['', 'conv1', 'bn1', 'relu', 'maxpool', 'layer1', 'layer1.0', 'layer1.0.conv1'];
    await drop(page, 'part.json', JSON.stringify(Object.fromEntries(names.map((name) => [name, 'Other']))));
    await openDialog(page, '^A file with names', async () => undefined);
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
    await until(() => page.run(coloursSource), ({ back, contrast }) => back < 0.1 && contrast >= 4.5, 'the page should be painted dark, its text light');
  }],
  ['the page reported no error', (page) => noErrorAfter(page, 0)],
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
  ['a report opens from disk', async (page) => {
    const list = listInFolder("config_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]\n");
    const { length } = await page.problems();
    try {
      await page.goto(makeReport(list));
      await shows(page, 'article', card, /selects 20 modules/);
      await noErrorAfter(page, length);
    } finally {
      list.remove();
    }
  }],
  ['espalier open shows a script, follows it and saves into it', async (page) => {
    const script = (ratio) => `# mine\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': ${ratio}}]  # all\n`;
    const list = listInFolder(script(0.5));
    const server = await openList(list);
    const { length } = await page.problems();
    try {
      await page.goto(server.address);
      await shows(page, 'textbox', '^sparse_ratio, sub-config 1$', /^0\.5$/);
      list.write(script(0.25));
      await shows(page, 'textbox', '^sparse_ratio, sub-config 1$', /^0\.25$/);
      await fill(page, 'textbox', '^sparse_ratio, sub-config 1$', '0.75');
      await page.press('Tab');
      await click(page, 'button', '^Save$');
      await until(async () => list.read(), (text) => text === script(0.75), 'Save should write into the script');
      await noErrorAfter(page, length);
    } finally {
      server.stop();
      list.remove();
    }
  }],
  ['espalier.show of the Python package shows a list, and Python has it as edited; a notebook shows it in a frame', async (page) => {
    if (!hasPython()) return 'Python 3.8 or newer is not on this machine';
    const session = await showInPython("[{'op_names': ['fc1'], 'target_names': ['weight'], 'sparse_ratio': 1.0}]");
    try {
      await page.goto(session.address);
      // The page before this one asks for its server, which has ended, until it is left.
      const { length } = await page.problems();
      await shows(page, 'treeitem', '^fc1', /fc1/);
      await shows(page, 'textbox', '^sparse_ratio, sub-config 1$', /^1\.0$/);
      await fill(page, 'textbox', '^sparse_ratio, sub-config 1$', '0.25');
      await page.press('Tab');
      await until(() => session.ask("session.config_list[0]['sparse_ratio']"), (value) => value === '0.25', 'Python should have the list as edited');
      await page.goto(session.notebook);
      await until(() => page.runInFrame(textSource, 'textbox', '^sparse_ratio, sub-config 1$', null), (value) => value === '0.25', 'the frame should show the list');
      await noErrorAfter(page, length);
    } finally {
      session.stop();
    }
    return null;
  }],
];
