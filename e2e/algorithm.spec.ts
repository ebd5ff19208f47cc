import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { openProblems } from './fixtures/side-pane.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

async function openChoice(page: Page, mode = 'pruning') {
  await page.getByRole('button', { name: 'Change the algorithm' }).click();
  return page.getByRole('dialog', { name: `Algorithm for ${mode}` });
}

const shots = process.env['ESPALIER_SHOTS'];

test('A-P2, A-P5: changing the algorithm changes granularity, masks and the verdict, and is shown before it is taken', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_names": ["fc"], "sparse_ratio": 0.5, "apply_method": "add"}]');
  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('NNI accepts');
  await moduleRow(page, 'fc').click();
  const weight = page.getByRole('group', { name: 'Target weight' });
  const bias = page.getByRole('group', { name: 'Target bias' });
  await expect(weight).toContainText('out_channel');
  await expect(bias).toContainText('500');

  let dialog = await openChoice(page);
  await dialog.getByRole('radio', { name: 'LevelPruner' }).check();
  const change = dialog.getByRole('region', { name: 'What changes for this list' });
  await expect(change).toContainText('whole output channels');
  await expect(change).toContainText('single elements');
  await expect(change).toContainText('in 1 target the weights decide');
  if (shots) await page.screenshot({ path: `${shots}/algorithm-dialog.png` });
  await dialog.getByRole('button', { name: 'Use LevelPruner' }).click();
  await expect(page.getByRole('group', { name: 'Algorithm' })).toContainText('LevelPruner');
  await expect(weight).not.toContainText('out_channel');
  await expect(bias).toContainText(/depends? on the weights/);

  dialog = await openChoice(page);
  await dialog.getByRole('radio', { name: 'SlimPruner' }).check();
  await expect(dialog.getByRole('region', { name: 'What changes for this list' })).toContainText('Refuses this list at fc.weight: AssertionError');
  await dialog.getByRole('textbox', { name: 'training_steps' }).fill('12');
  await dialog.getByRole('button', { name: 'Use SlimPruner' }).click();
  await expect(verdict).toContainText('NNI refuses');
  if (shots) await page.screenshot({ path: `${shots}/algorithm-line.png` });
  const problems = await openProblems(page);
  await problems.getByRole('button', { name: 'Remove apply_method' }).click();
  await expect(verdict).toContainText('NNI accepts');

  await page.keyboard.press('Control+z');
  await expect(verdict).toContainText('NNI refuses');
});
