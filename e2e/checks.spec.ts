import { expect, test, type Page } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';

async function importList(page: Page, list: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox').fill(list);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog).toBeHidden();
}

test('a list is told what is refused, what overlaps and why a module is not selected', async ({ page }) => {
  await openSample(page, 'ResNet-18');

  await test.step('V3: a refused value is named with its place; the fix is one click and one undo step', async () => {
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 1}]');
    const card = page.getByRole('article', { name: 'Sub-config 1' });
    await expect(card).toContainText('sparse_ratio must be');
    await card.getByRole('button', { name: 'Write 1.0' }).click();
    await expect(card).not.toContainText('sparse_ratio must be');
    await expect(page.getByText('NNI accepts this list').first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(card).toContainText('sparse_ratio must be');
  });

  await test.step('R1: an overlap names the winner and where the specification reads otherwise', async () => {
    await importList(
      page,
      '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["conv1"], "sparse_ratio": 0.9, "target_names": ["weight"]}]',
    );
    const second = page.getByRole('article', { name: 'Sub-config 2' });
    await expect(second).toContainText('already taken by #1');
    await second.getByRole('button', { name: 'Move #2 above #1' }).first().click();
    await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' })).toHaveValue('0.9');
  });

  await test.step('why a module is not selected', async () => {
    await importList(page, '[{"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": 0.5}]');
    await moduleRow(page, 'conv1').click();
    await expect(page.getByRole('tabpanel').or(page.getByRole('region', { name: 'Details' })).first()).toContainText(
      /[Ee]xcluded/,
    );
    await expect(modelTree(page).getByRole('treeitem', { name: /^conv1,.*excluded by sub-config 1/ })).toBeVisible();
  });
});

test('P: a pattern that would hang Python is called that, and the page stays responsive', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const field = page.getByRole('textbox', { name: 'Pattern 1 of op_names_re, sub-config 1' });
  await field.fill('(.*)*x$');
  await expect(page.getByText(/Python would hang on this for about/)).toBeVisible();
  await field.fill('lm_head');
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 1 module');
});

test('C1: an unregistered type is registered in one step, which its form can change, and the list is accepted', async ({ page }) => {
  await openSample(page, 'GPT-2');
  await importList(page, '[{"op_types": ["Conv1D"], "sparse_ratio": 0.5}]');
  const card = page.getByRole('article', { name: 'Sub-config 1' });
  await expect(card).toContainText('NNI has no template for Conv1D');
  await card.getByRole('button', { name: 'Register Conv1D' }).click();
  await expect(page.getByText('NNI accepts this list').first()).toBeVisible();
  await expect(card).toContainText('Conv1D is registered with weight, bias');
  await card.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Setting templates for pruning' });
  await expect(dialog.getByRole('combobox', { name: 'Module type' })).toHaveValue('Conv1D');
  await dialog.getByRole('checkbox', { name: 'Target bias' }).uncheck();
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(card).toContainText('Conv1D is registered with weight');
  await expect(card).not.toContainText('Conv1D is registered with weight, bias');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(card).toContainText('NNI has no template for Conv1D');
});

test('R1: with a sub-config off, problems, fixes and panel number the sub-configs as the cards do', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(
    page,
    '[{"op_types": ["BatchNorm2d"]}, {"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["conv1"], "sparse_ratio": 0.9, "target_names": ["weight"]}]',
  );
  const third = page.getByRole('article', { name: 'Sub-config 3' });
  await expect(third).toContainText('its only target is already taken by #2.');
  await page.getByRole('switch', { name: 'Use sub-config 1' }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('off');
  await expect(third).toContainText('its only target is already taken by #2.');
  await moduleRow(page, 'conv1').click();
  const report = page.getByRole('article', { name: 'conv1' });
  await expect(report).toContainText('3 wanted sparse_ratio 0.9: 2 came first.');
  await third.getByRole('button', { name: 'Move #3 above #2' }).first().click();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 2' })).toHaveValue('0.9');
  await expect(report).toContainText('3 wanted sparse_ratio 0.5: 2 came first.');
  await page.getByRole('button', { name: 'Undo' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('Undo: Move #3 above #2');
  // Once it is pressed, its tooltip does not come back over what the press has changed.
  await page.mouse.down();
  await page.mouse.up();
  const { x, y, width, height } = (await page.getByRole('button', { name: 'Undo' }).boundingBox())!;
  await page.mouse.move(x + width / 2 + 3, y + height / 2 + 3, { steps: 4 });
  await page.waitForTimeout(700);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});

test('F10f: BERT in 8 bits with a scale a channel and LayerNorm: Fix all is at hand without the panel, registers, and repairs', async ({ page }) => {
  await openSample(page, 'BERT base');
  await page.getByRole('tab', { name: 'Quantization' }).click();
  await importList(page, '[{"op_types": ["Linear", "LayerNorm"], "quant_dtype": "int8", "granularity": "out_channel"}]');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems.getByRole('button', { name: /^Problems/ })).toHaveAttribute('aria-expanded', 'false');
  await problems.getByRole('button', { name: 'Fix all' }).click();
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('NNI accepts');
  const card = page.getByRole('article', { name: 'Sub-config 1', exact: true });
  await expect(card).toContainText('selects 99 modules');
  await expect(card).toContainText('LayerNorm is registered with _input_, weight, bias, _output_');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText('Refused');
});
