import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { hasPython, parsesInPython } from '../src/core/testing/run-python.ts';
import { openSample } from './fixtures/app.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_types": ["Conv1D"], "sparse_ratio": 0.5}]';

async function openTemplates(page: Page) {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Setting templates/ }).click();
  return page.getByRole('dialog', { name: 'Setting templates for pruning' });
}

test('C1: Conv1D of GPT-2 is registered from its own parameters, kept, exported, and undone', async ({ page }) => {
  await openSample(page, 'GPT-2');
  await importList(page, list);
  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText(/Refused/);

  const dialog = await openTemplates(page);
  await dialog.getByRole('combobox', { name: 'Module type' }).fill('Conv1D');
  await expect(dialog.getByRole('status', { name: 'Purpose' })).toContainText('48 modules');
  await expect(dialog.getByRole('checkbox', { name: 'Target weight' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'Target bias' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(verdict).toContainText('NNI accepts');
  // Its weight is the transpose of a Linear's: the bias follows the other dimension, else the pruner would fail.
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('No problems found');

  await page.reload();
  await expect(verdict).toContainText('NNI accepts');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download Python' }).click();
  const script = readFileSync(await (await download).path(), 'utf8');
  expect(script).toMatch(/PruningSetting\.register\(\s*['"]Conv1D['"],\s*\{\s*['"]weight['"]: \{\s*['"]sparse_ratio['"]: None,/);
  if (hasPython) expect(parsesInPython(script)).toBe(true);
});

test('C1: a template starts from a known type, loses a target, is changed and taken away', async ({ page }) => {
  await openSample(page, 'GPT-2');
  await importList(page, list);
  let dialog = await openTemplates(page);
  await dialog.getByRole('combobox', { name: 'Module type' }).fill('Conv1D');
  await dialog.getByRole('combobox', { name: 'Start from' }).selectOption('Linear');
  await dialog.getByRole('checkbox', { name: 'Target bias' }).uncheck();
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('NNI accepts');

  dialog = await openTemplates(page);
  await expect(dialog.getByRole('list', { name: 'Registered types' })).toContainText('weight');
  await dialog.getByRole('button', { name: 'Change Conv1D' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Module type' })).toHaveValue('Conv1D');
  await dialog.getByRole('textbox', { name: 'Targets with their settings, as JSON' }).fill('{"weight": 1}');
  await expect(dialog.getByRole('alert')).toContainText('A template is an object: target names, each with an object of settings.');
  await expect(dialog.getByRole('button', { name: 'Register', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Unregister Conv1D' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Refused');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('NNI accepts');
});
