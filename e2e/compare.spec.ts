import { expect, test } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { choosePlanAction, renamePlan, settled } from './fixtures/plans.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_types": ["Conv2d"], "target_names": ["weight"], "sparse_ratio": 0.5}]';

test('a plan and its saved state: what changed in the list, and which targets resolve differently', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('State saved', { exact: true })).toBeVisible();
  const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' });
  await ratio.fill('0.8');
  await ratio.press('Tab');
  await settled(page);
  await page.reload();
  await expect(ratio).toHaveValue('0.8');
  await choosePlanAction(page, 'Compare');
  const dialog = page.getByRole('dialog', { name: 'Compare plans' });
  const pruning = dialog.getByRole('region', { name: 'Differences in pruning' });
  await expect(pruning.getByRole('list', { name: 'In the list' })).toContainText('sparse_ratio0.5 → 0.8');
  const differences = pruning.getByRole('list', { name: 'Targets that resolve differently' });
  await expect(differences.getByRole('listitem')).toHaveCount(1);
  await expect(differences).toContainText('20 modules · weight.sparse_ratio 0.5 → 0.8');
  await differences.getByRole('button', { name: '14 more modules' }).click();
  await differences.getByRole('button', { name: 'layer4.1.conv2' }).click();
  await expect(dialog).toBeHidden();
  await expect(moduleRow(page, 'layer4.1.conv2')).toBeVisible();
});

test('assertions that differ are reported', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  const plan = (count: number): string =>
    `{"format": "compression-plan", "version": 1, "lists": {"pruning": [{"id": "s1", "config": ${list.slice(1, -1)}}]},
      "assertions": [{"mode": "pruning", "sub_config": "s1", "demand": {"type": "selects-exactly", "count": ${count}}}]}`;
  await choosePlanAction(page, 'Compare');
  const dialog = page.getByRole('dialog', { name: 'Compare plans' });
  for (const [side, count] of [['Before', 20], ['After', 19]] as const) {
    await dialog.getByLabel(`Plan file for: ${side}`).setInputFiles({
      name: `${count}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(plan(count)),
    });
  }
  await expect(dialog.getByRole('list', { name: 'Assertions' })).toContainText(
    'Assertion for pruning: #1 selects exactly 20 modules → #1 selects exactly 19 modules',
  );
});

test('two plans of this browser, and a plan file', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'First');
  await importList(page, list);
  await choosePlanAction(page, 'New plan for this model');
  await renamePlan(page, 'Second');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await settled(page);
  await choosePlanAction(page, 'Compare');
  const dialog = page.getByRole('dialog', { name: 'Compare plans' });
  const before = dialog.getByRole('combobox', { name: 'Before' });
  await before.selectOption({ label: (await before.getByRole('option', { name: /^First/ }).textContent()) ?? '' });
  const pruning = dialog.getByRole('region', { name: 'Differences in pruning' });
  await expect(pruning).toContainText('20 modules · weight, not set any more');
  await expect(pruning).toContainText('1 module · weight, new: sparse_ratio 0.5');
  await dialog.getByLabel('Plan file for: Before').setInputFiles({
    name: 'bad.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format": "compression-plan", "version": 7}'),
  });
  await expect(dialog.getByRole('alert')).toContainText('bad.json: This plan has version 7');
  await dialog.getByLabel('Plan file for: Before').setInputFiles({
    name: 'same.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      '{"format": "compression-plan", "version": 1, "lists": {"pruning": [{"config": {"op_types": ["Linear"], "sparse_ratio": 0.5}}]}}',
    ),
  });
  await expect(before.locator('option:checked')).toHaveText('File same.json');
  await expect(dialog.getByRole('status')).toContainText('No difference');
});
