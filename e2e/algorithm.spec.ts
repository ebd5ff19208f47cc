import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { openProblems } from './fixtures/side-pane.ts';
import { card, importList } from './fixtures/sub-configs-pane.ts';

async function openChoice(page: Page, mode = 'pruning') {
  await page.getByRole('button', { name: 'Change the algorithm' }).click();
  return page.getByRole('dialog', { name: `Algorithm for ${mode}` });
}


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
  const change = dialog.getByRole('region', { name: 'Changes for this list' });
  await expect(change).toContainText('whole output channels');
  await expect(change).toContainText('single elements');
  await expect(change).toContainText('in 1 target the weights decide');
  await dialog.getByRole('button', { name: 'Use LevelPruner' }).click();
  await expect(page.getByRole('group', { name: 'Algorithm' })).toContainText('LevelPruner');
  await expect(weight).not.toContainText('out_channel');
  await expect(bias).toContainText(/depends? on the weights/);

  dialog = await openChoice(page);
  await dialog.getByRole('radio', { name: 'SlimPruner' }).check();
  await expect(dialog.getByRole('region', { name: 'Changes for this list' })).toContainText('Refuses this list at fc.weight: AssertionError');
  await dialog.getByRole('textbox', { name: 'training_steps' }).fill('12');
  await dialog.getByRole('button', { name: 'Use SlimPruner' }).click();
  await expect(verdict).toContainText('Refused');
  const problems = await openProblems(page);
  await problems.getByRole('button', { name: 'Remove apply_method' }).click();
  await expect(verdict).toContainText('NNI accepts');

  await page.keyboard.press('Control+z');
  await expect(verdict).toContainText('Refused');
});

const script = `from nni.compression.pruning import AGPPruner, TaylorPruner

config_list = [{'op_types': ['Linear'], 'sparse_ratio': 0.5}]
pruner = TaylorPruner(model, config_list, evaluator, training_steps=10)
pruner = AGPPruner(pruner, interval_steps=10, total_times=4)
pruner.compress(max_steps=40, max_epochs=None)
`;

test('A-P3, E5: importing a script takes the class that it calls, with its arguments, and one undo takes all back', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox').first().fill(script);
  await expect(dialog).toContainText('It will run with AGPPruner(TaylorPruner)');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  const line = page.getByRole('group', { name: 'Algorithm' });
  await expect(line).toContainText('AGPPruner(TaylorPruner)');
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('NNI accepts');

  const choice = await openChoice(page);
  await expect(choice.getByRole('textbox', { name: 'interval_steps' })).toHaveValue('10');
  await expect(choice.getByRole('textbox', { name: 'training_steps' })).toHaveValue('10');
  // A-P9: more training steps than the interval holds.
  await choice.getByRole('textbox', { name: 'training_steps' }).fill('11');
  await expect(choice.getByRole('region', { name: 'Changes for this list' })).toContainText('Fails in compress(): AssertionError');
  await choice.getByRole('button', { name: 'Cancel' }).click();

  await page.keyboard.press('Control+z');
  await expect(line).toContainText('L1NormPruner');
});

test('A-C3–A-C5: a chain is exported in an order that works, with what the lists do to each other', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_names": ["bn1"], "sparse_ratio": 0.5}]');
  await page.getByRole('tab', { name: /^Quantization/ }).click();
  await importList(page, '[{"op_names": ["conv1"], "quant_dtype": "int8", "target_names": ["weight", "_output_"], "fuse_names": [["conv1", "bn1", "relu"]]}]');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the quantization list' });
  await dialog.getByRole('tab', { name: 'Python' }).click();
  await dialog.getByRole('radio', { name: 'All lists on one model, one after the other' }).check();
  const text = dialog.getByRole('region', { name: 'Script in Python' });
  await expect(text).toContainText('QATQuantizer.from_compressor(pruner');
  await expect(text).toContainText('pruner.update_masks(pruner.generate_masks())');
  const notes = dialog.getByRole('list', { name: 'Effects of the lists on each other' });
  await expect(notes).toContainText('QATQuantizer fails after L1NormPruner: bn1 is fused by one list and selected by the other.');
  await dialog.getByRole('button', { name: 'Move quantization up' }).click();
  await expect(text).toContainText('L1NormPruner.from_compressor(quantizer');
});

test('A-N1, A-N2: the form and Resolved follow the class, which starts with the arguments that it needs', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_names": ["fc"], "sparse_threshold": 0.3}]');
  const first = card(page, 1);
  await expect(first.getByRole('textbox', { name: 'sparse_threshold, sub-config 1' })).toBeVisible();
  await expect(first).toContainText('L1NormPruner compares the sum of the absolute values of each block');
  await expect(first.getByRole('slider', { name: 'Slider of sparse_threshold, sub-config 1' })).toHaveCount(0);

  let dialog = await openChoice(page);
  await dialog.getByRole('radio', { name: 'MovementPruner' }).check();
  await expect(dialog.getByRole('textbox', { name: 'warmup_step' })).toHaveValue('100');
  await dialog.getByRole('textbox', { name: 'warmup_step' }).fill('');
  await expect(dialog).toContainText('warmup_step is needed');
  await dialog.getByRole('textbox', { name: 'warmup_step' }).fill('50');
  await dialog.getByRole('button', { name: 'Use MovementPruner' }).click();
  await first.getByRole('slider', { name: 'Slider of sparse_threshold, sub-config 1' }).fill('0.45');
  await expect(first.getByRole('textbox', { name: 'sparse_threshold, sub-config 1' })).toHaveValue('0.45');
  await moduleRow(page, 'fc').click();
  await expect(page.getByRole('group', { name: 'MovementPruner on weight' })).toContainText('compares a trained score of each block; masked values become 0 (movement_mul)');

  await page.getByRole('tab', { name: /^Quantization/ }).click();
  await importList(page, '[{"op_names": ["fc"], "quant_dtype": "int4", "quant_scheme": "affine", "target_names": ["weight"]}]');
  dialog = await openChoice(page, 'quantization');
  await dialog.getByRole('radio', { name: 'LsqQuantizer' }).check();
  await dialog.getByRole('button', { name: 'Use LsqQuantizer' }).click();
  await expect(first).toContainText('Ignored by LsqQuantizer: it uses symmetric.');
  await expect(page.getByRole('group', { name: 'LsqQuantizer on weight' })).toContainText('symmetric int4 · −7 … 7 · one scale');
});
