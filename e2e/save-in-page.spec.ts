import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openSample } from './fixtures/app.ts';

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
