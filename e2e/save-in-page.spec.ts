import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { choosePlanAction, openPlans, renamePlan, settled } from './fixtures/plans.ts';

const text = '[\n    {"op_types": ["Conv2d"], "sparse_ratio": 0.5} // most of it\n]\n';

async function editRatio(page: Page): Promise<void> {
  const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
  await expect(ratio).toHaveValue('0.5');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await ratio.fill('0.75');
  await ratio.press('Tab');
  await expect(page.getByText('list.json: not saved')).toBeAttached();
}

test('with file access, Save writes to the file that was opened', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  // The private files of the page have the same handles as those of the disk, and need no picker.
  await page.evaluate(async (content) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('list.json', { create: true });
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
    Object.assign(window, { showOpenFilePicker: async () => [handle] });
  }, text);
  const written = () => page.evaluate(async () => (await (await (await navigator.storage.getDirectory()).getFileHandle('list.json')).getFile()).text());
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Choose a file' }).click();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await editRatio(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('list.json: saved')).toBeAttached();
  expect(await written()).toBe(text.replace('0.5', '0.75'));
});

/** Drops a file of the page's private folder, with its handle as of a file of the disk; without one where the browser is said to have none. */
function dropPrivateFile(page: Page, name: string, content: string, hasHandle: boolean): Promise<void> {
  return page.evaluate(
    async ([file, written, held]) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(file, { create: true });
      const stream = await handle.createWritable();
      await stream.write(written);
      await stream.close();
      const prototype = DataTransferItem.prototype as unknown as Record<string, unknown>;
      if (held) prototype['getAsFileSystemHandle'] = async () => handle;
      else delete prototype['getAsFileSystemHandle'];
      const data = new DataTransfer();
      data.items.add(await handle.getFile());
      const target = document.querySelector('main')!;
      for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, content, hasHandle] as const,
  );
}

const privateText = (page: Page, name: string) =>
  page.evaluate(async (file) => (await (await (await navigator.storage.getDirectory()).getFileHandle(file)).getFile()).text(), name);

test('a list that is dropped is saved to its file', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await dropPrivateFile(page, 'list.json', text, true);
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import' }).click();
  await editRatio(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('list.json: saved')).toBeAttached();
  expect(await privateText(page, 'list.json')).toBe(text.replace('0.5', '0.75'));
});

test('a plan that is dropped is saved to its file in its own form, or downloaded where the browser has no handles', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const plan = '{"format": "compression-plan", "version": 1,   "name": "mine",\n "tree": {"name": "resnet18", "module_count": 69, "digest": "x", "sample": "resnet18"},\n "lists": {"pruning": [{"id": "a", "config": {"op_types": ["Conv2d"], "sparse_ratio": 0.5}}]}, "extra": 1}\n';
  await dropPrivateFile(page, 'list.json', plan, true);
  await editRatio(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('list.json: saved')).toBeAttached();
  const saved = await privateText(page, 'list.json');
  expect(saved).toContain('"version": 1,   "name": "mine",\n');
  expect(JSON.parse(saved)).toMatchObject({ extra: 1, lists: { pruning: [{ config: { op_types: ['Conv2d'], sparse_ratio: 0.75 } }] } });

  await dropPrivateFile(page, 'list.json', plan.replace('mine', 'other'), false);
  await editRatio(page);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('0.75');
});

test('the file of a plan that is not opened is left alone', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const plan = `{"format": "compression-plan", "version": 1, "name": "${'x'.repeat(2000)}", "lists": {}}`;
  await dropPrivateFile(page, 'list.json', plan, true);
  await expect(page.getByRole('alert').filter({ hasText: 'The plan was not opened.' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  expect(await privateText(page, 'list.json')).toBe(plan);
});

test('without file access, Save downloads the file with the changes', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByLabel('File to import').setInputFiles({ name: 'list.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await dialog.getByRole('button', { name: 'Import' }).click();
  await editRatio(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(text.replace('0.5', '0.75'));
});

/** Opens the list with its handle in the import dialog, and changes it. */
async function openPrivateList(page: Page): Promise<void> {
  await openSample(page, 'ResNet-18');
  await dropPrivateFile(page, 'list.json', text, true);
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import' }).click();
  await editRatio(page);
}

const writePrivate = (page: Page, name: string, content: string) =>
  page.evaluate(async ([file, written]) => {
    const stream = await (await (await navigator.storage.getDirectory()).getFileHandle(file)).createWritable();
    await stream.write(written);
    await stream.close();
  }, [name, content] as const);

test('after a reload, Save writes to the file that was opened before', async ({ page }) => {
  await openPrivateList(page);
  await settled(page);
  await page.reload();
  await expect(page.getByText('list.json: not saved')).toBeAttached();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('list.json: saved')).toBeAttached();
  expect(await privateText(page, 'list.json')).toBe(text.replace('0.5', '0.75'));

  // The saved state is kept, too: nothing is to be saved, and a change of the file is taken.
  await page.reload();
  await expect(page.getByText('list.json: saved')).toBeAttached();
  await writePrivate(page, 'list.json', text.replace('0.5', '0.25'));
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true })).toHaveValue('0.25');
  await expect(page.getByText('list.json: saved')).toBeAttached();
});

test('a plan that is opened again from the list of plans has its file; another plan has not', async ({ page }) => {
  await openPrivateList(page);
  await renamePlan(page, 'With a file');
  await settled(page);
  await choosePlanAction(page, 'New plan');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await (await openPlans(page)).getByRole('button', { name: /^With a file/ }).click();
  await expect(page.getByText('list.json: not saved')).toBeAttached();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('list.json: saved')).toBeAttached();
  expect(await privateText(page, 'list.json')).toBe(text.replace('0.5', '0.75'));
});

/** From the next load on, the browser wants the user's permission for each handle, as for files of the disk after a reload. */
async function forgetPermissions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isAllowed = false;
    const read = Object.getOwnPropertyDescriptor(FileSystemFileHandle.prototype, 'getFile')!.value as (this: FileSystemFileHandle) => Promise<File>;
    Object.assign(FileSystemFileHandle.prototype, {
      queryPermission: async () => (isAllowed ? 'granted' : 'prompt'),
      requestPermission: async () => {
        isAllowed = navigator.userActivation.isActive;
        return isAllowed ? 'granted' : 'prompt';
      },
      getFile(this: FileSystemFileHandle) {
        return isAllowed ? read.call(this) : Promise.reject(new DOMException('not allowed', 'NotAllowedError'));
      },
    });
    Object.assign(window, { readPrivate: async (name: string) => (await read.call(await (await navigator.storage.getDirectory()).getFileHandle(name))).text() });
  });
}

const textWithoutPermission = (page: Page) =>
  page.evaluate(() => (window as unknown as { readonly readPrivate: (name: string) => Promise<string> }).readPrivate('list.json'));

test('where the browser asks again after a reload, Save asks and writes', async ({ page }) => {
  await openPrivateList(page);
  await settled(page);
  await forgetPermissions(page);
  await page.reload();
  const banner = page.getByRole('alert').filter({ hasText: 'list.json is not followed yet.' });
  await expect(banner).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('list.json: saved')).toBeAttached();
  await expect(banner).toBeHidden();
  expect(await textWithoutPermission(page)).toBe(text.replace('0.5', '0.75'));
});

test('where the browser asks again after a reload, a changed file is not overwritten', async ({ page }) => {
  await openPrivateList(page);
  await settled(page);
  const theirs = text.replace('0.5', '0.125');
  await writePrivate(page, 'list.json', theirs);
  await forgetPermissions(page);
  await page.reload();
  await page.getByRole('button', { name: 'Follow the file' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'list.json changed on disk, and you changed the list here.' })).toBeVisible();
  expect(await textWithoutPermission(page)).toBe(theirs);
  await page.getByRole('button', { name: 'Take the file' }).click();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true })).toHaveValue('0.125');
});

test('a file that is gone after a reload is reported, and the plan is kept', async ({ page }) => {
  await openPrivateList(page);
  await settled(page);
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('list.json'));
  await page.reload();
  await expect(page.getByRole('alert').filter({ hasText: 'list.json cannot be read.' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true })).toHaveValue('0.75');
});

test('with Save next to them, the names of the model and the plan have their room', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.locator('input[type=file]').setInputFiles({ name: 'list.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await dialog.getByRole('button', { name: 'Import' }).click();
  const banner = page.getByRole('banner');
  await expect(banner.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
  for (const width of [1440, 1279, 1100, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of ['deepseek_v3', 'Untitled plan']) {
      const cut = await banner.getByText(name, { exact: true }).evaluate(({ clientWidth, scrollWidth }) => scrollWidth - clientWidth);
      expect(`${name} at ${width}: ${cut}`).toBe(`${name} at ${width}: 0`);
    }
    await expect(banner.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
  }
});
