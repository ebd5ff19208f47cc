// The pictures of docs/, one a page: taken from the built page, a report, and `espalier open`. doc-notebook.png is taken in JupyterLab, by hand.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const list = `[
  {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": 0.5},
  {"op_names": ["fc"], "sparse_ratio": 0.8}
]
`;
const script = `"""Prunes a ResNet."""
from nni.compression.pruning import L1NormPruner

config_list = [
    # The stem stays dense.
    {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": 0.5},
    {"op_names": ["fc"], "sparse_ratio": 0.8},  # the head
]
L1NormPruner(model, config_list)
`;
const printed = `ResNet(
  (conv1): Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)
  (bn1): BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True)
  (layer1): Sequential(
    (0): BasicBlock(
      (conv1): Conv2d(64, 64, kernel_size=(3, 3), padding=(1, 1), bias=False)
      ...
    )
  )
  (fc): Linear(in_features=512, out_features=1000, bias=True)
)`;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const row = (page, name) => page.getByRole('treeitem', { name: new RegExp(`^${name.replaceAll('.', String.raw`\.`)},`) });

async function openSample(page, address) {
  await page.goto(address);
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await page.getByRole('tree', { name: 'Modules' }).waitFor();
}

async function importText(page, text) {
  await button(page, 'Import').click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('article', { name: 'Sub-config 1' }).waitFor();
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Serves a folder; gives its address and a function that ends it. */
async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      const bytes = readFileSync(join(folder, path === '/' ? 'index.html' : path));
      response.writeHead(200, { 'Content-Type': types[extname(path) || '.html'] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, stop };
}

/** Gives the entry of a build another name, as that of the next version has. */
function renameEntry(folder) {
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  const [entry] = /index-[\w-]+\.js/.exec(index);
  cpSync(join(folder, 'assets', entry), join(folder, 'assets', 'index-next.js'));
  for (const name of ['index.html', 'service-worker.js']) {
    writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replaceAll(entry, 'index-next.js'));
  }
}

/** Each takes a page, the address of the built page, the project and an empty folder; some give a function that ends them. */
const pictures = {
  async trees(page, { address }) {
    await page.goto(address);
    const recipe = page.getByRole('region', { name: 'How to get a tree' });
    await recipe.scrollIntoViewIfNeeded();
    await recipe.waitFor();
  },
  async algorithms(page, { address }) {
    await openSample(page, address);
    await importText(page, list);
    await row(page, 'fc').click();
    await button(page, 'Change the algorithm').click();
    const dialog = page.getByRole('dialog', { name: 'Algorithm for pruning' });
    await dialog.getByRole('radio', { name: 'LevelPruner' }).check();
    await dialog.getByRole('region', { name: 'Changes for this list' }).waitFor();
  },
  async 'data-flow'(page, { address }) {
    await openSample(page, address);
    await page.getByRole('searchbox').fill('layer1.0.conv2');
    await row(page, 'layer1.0.conv2').click();
    await page.getByRole('tab', { name: 'Flow' }).click();
    await page.getByRole('region', { name: 'Tied to' }).waitFor();
  },
  async exporting(page, { address }) {
    await openSample(page, address);
    await importText(page, list);
    await button(page, 'Export').click();
    await page.getByRole('dialog').waitFor();
  },
  async limits(page, { address }) {
    await page.goto(address);
    await page.locator('#root:not([inert])').waitFor();
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, printed);
    await page.getByRole('tree', { name: 'Modules' }).waitFor();
    await importText(page, '[{"op_types": ["Conv2d"], "sparse_threshold": 0.1}]');
    await button(page, 'Expand all').click();
  },
  async hosting(page, { root, folder }) {
    cpSync(join(root, 'dist/app'), folder, { recursive: true });
    const { address, stop } = await serveFolder(folder);
    await page.clock.install();
    await openSample(page, address);
    await importText(page, list);
    await page.clock.fastForward(10_000);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    renameEntry(folder);
    // Somebody comes back to the page after an hour.
    await page.clock.fastForward(3_600_001);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('status').filter({ hasText: 'A new version of Espalier is ready' }).waitFor();
    return stop;
  },
  async ci(page, { root, folder }) {
    const [file, output] = [join(folder, 'pruning.json'), join(folder, 'report.html')];
    writeFileSync(file, list.replace('"sparse_ratio": 0.8', '"sparse_ration": 0.8'));
    const tree = join(root, 'public/samples/resnet18.json.gz');
    spawnSync(process.execPath, [join(root, 'dist/cli/espalier.js'), 'report', file, '--tree', tree, '--mode', 'pruning', '-o', output]);
    await page.goto(pathToFileURL(output).href);
    await row(page, 'fc').click();
    await page.getByRole('button', { name: /^Problems/ }).click();
  },
  async open(page, { root, folder }) {
    writeFileSync(join(folder, 'prune.py'), script);
    const child = spawn(process.execPath, [join(root, 'dist/cli/espalier.js'), 'open', join(root, 'public/samples/resnet18.json.gz'), 'prune.py', '--no-open'], { cwd: folder });
    const address = await new Promise((resolve) => child.stdout.on('data', (piece) => /http:\S+/.test(String(piece)) && resolve(/http:\S+/.exec(String(piece))[0])));
    await page.goto(address);
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 2', exact: true });
    await ratio.fill('0.9');
    await ratio.press('Tab');
    writeFileSync(join(folder, 'prune.py'), script.replace('0.5}', '0.6}'));
    await page.getByRole('alert').filter({ hasText: 'changed on disk' }).waitFor();
    return () => child.kill();
  },
};

/** Takes the pictures into `target`. */
export async function takeDocPictures(browser, { address, root, target }) {
  for (const [name, show] of Object.entries(pictures)) {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-picture-'));
    const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
    const page = await context.newPage();
    const stop = await show(page, { address, root, folder });
    await page.waitForTimeout(1500);
    await page.mouse.move(1, 1);
    await page.screenshot({ path: join(target, `doc-${name}.png`) });
    await context.close();
    stop?.();
    rmSync(folder, { recursive: true });
  }
}
