import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { dropFiles, modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { card, chooseMode, importList } from './fixtures/sub-configs-pane.ts';

/** A ResNet with wider blocks in `layer2`, as text. */
const teacherText = `Teacher(
  (conv1): Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2))
  (layer1): Sequential(
    (0): Block(
      (conv1): Conv2d(64, 64, kernel_size=(3, 3))
      (conv2): Conv2d(64, 64, kernel_size=(3, 3))
    )
  )
  (layer2): Sequential(
    (0): Block(
      (conv1): Conv2d(64, 256, kernel_size=(3, 3))
    )
  )
  (fc): Linear(in_features=256, out_features=1000)
)`;

const links = [
  { op_names: ['layer1.0.conv1'], link: 'layer2.0.conv1', lambda: 0.5 },
  { op_names: ['layer1.0.conv2'], lambda: 0.2 },
  { op_names: ['layer2.0.conv1'], link: 'layer9.0.conv1', lambda: 0.2 },
];

async function showLinks(page: Page): Promise<void> {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, 'Distillation');
  await page.getByRole('button', { name: 'Open a teacher' }).click();
  const dialog = page.getByRole('dialog', { name: /teacher/i });
  await dialog.locator('input[type=file]').first().setInputFiles({ name: 'teacher.txt', mimeType: 'text/plain', buffer: Buffer.from(teacherText) });
  await expect(dialog).toBeHidden();
  await importList(page, JSON.stringify(links));
  await page.getByRole('button', { name: 'Show links' }).click();
}

function teacherTree(page: Page) {
  return page.getByRole('tree', { name: 'Teacher', exact: true });
}

test('shows the teacher beside the student, and says of each link whether the shapes fit', async ({ page }) => {
  await showLinks(page);
  const table = page.getByRole('table', { name: 'Links' });
  await expect(table.getByRole('row', { name: /layer1\.0\.conv1.*layer2\.0\.conv1.*64 ≠ 256/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /layer1\.0\.conv2.*64 = 64, rest not known/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /layer9\.0\.conv1.*not in the teacher/ })).toBeVisible();
  await expect(teacherTree(page).getByRole('treeitem', { name: /^layer2\.0\.conv1, .*linked from layer1\.0\.conv1: 64 ≠ 256/ })).toBeVisible();
  // The student's branches open for it, and close with it.
  await expect(moduleRow(page, 'layer1.0.conv1')).toBeVisible();

  await page.getByRole('button', { name: '1 mismatch' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show links' }).click();
  await expect(card(page, 1)).toBeVisible();
  await expect(modelTree(page).getByRole('treeitem', { name: /^layer1\.0\.conv1/ })).toHaveCount(0);
});

test('goes from a link to both modules, and from a row of the teacher to the student, with the keyboard', async ({ page }) => {
  await showLinks(page);
  await page.getByRole('button', { name: 'layer1.0.conv1', exact: true }).press('Enter');
  await expect(moduleRow(page, 'layer1.0.conv1')).toHaveAttribute('aria-selected', 'true');
  await teacherTree(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(teacherTree(page).getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  const linked = teacherTree(page).getByRole('treeitem', { name: /^layer1\.0\.conv2, / });
  await expect(linked).toBeVisible();
  await linked.click();
  await expect(moduleRow(page, 'layer1.0.conv2')).toHaveAttribute('aria-selected', 'true');
});

test('X6c: all options are offered for a link that says auto, and the blocks of a deeper teacher in one step', async ({ page }) => {
  const model = (blocks: number): string => {
    const layers = Array.from({ length: blocks }, (_, at) => `    (${at}): Block(\n      (fc): Linear(in_features=8, out_features=8, bias=True)\n    )\n`).join('');
    return `Net(\n  (layer): Blocks(\n${layers}  )\n)`;
  };
  const file = (text: string) => ({ name: 'model.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.goto('/');
  await page.locator('input[type=file]').first().setInputFiles(file(model(2)));
  await chooseMode(page, 'Distillation');
  await page.getByRole('button', { name: 'Open a teacher' }).click();
  await page.getByRole('dialog', { name: /teacher/i }).locator('input[type=file]').first().setInputFiles(file(model(6)));
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await page.keyboard.type(String.raw`layer\.\d+$`);
  await expect(card(page, 1)).toContainText('selects 2 modules');
  await page.getByRole('combobox', { name: 'link, sub-config 1', exact: true }).click();
  await expect(page.getByRole('option', { name: /^layer\.5\.fc/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await card(page, 1).getByRole('button', { name: 'Link each: layer.2 … layer.5' }).click();
  await expect(page.getByRole('tab', { name: /^Distillation/ })).toHaveText('Distillation2');
  await expect(page.getByRole('region', { name: 'Sub-configs', exact: true })).toContainText('layer.1 → layer.5');
});

/** Whether an element shows all of its text. */
const isWhole = (element: Locator) => element.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth <= clientWidth && scrollHeight <= clientHeight);

for (const width of [390, 1440]) {
  test(`links and their family are told apart at ${width} px: the start that names share and their ends are whole`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openSample(page, 'BERT base');
    await chooseMode(page, 'Distillation');
    const blocks = [0, 1, 2].map((block) => ({ op_names: [`bert.encoder.layer.${block}.output.dense`], lambda: 0.5, link: `bert.encoder.layer.${2 * block + 1}.output.dense` }));
    await importList(page, JSON.stringify(blocks));
    if (width < 1000) await page.getByRole('tab', { name: 'Sub-configs', exact: true }).click();
    const family = page.getByRole('article', { name: 'Sub-configs 1 to 3' });
    expect(await isWhole(family.getByText('3 Linear, each linked to its own module'))).toBe(true);
    expect(await page.getByRole('region', { name: 'List of sub-configs' }).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await family.getByRole('button', { name: 'Open sub-configs 1 to 3' }).click();
    expect(await isWhole(card(page, 3).getByText('bert.encoder.layer.5.output.dense').locator('..'))).toBe(true);
    await page.getByRole('button', { name: 'Show links' }).click();
    const headings = page.getByRole('table', { name: 'Links' }).getByRole('columnheader');
    for (const heading of ['Student', 'Teacher']) {
      expect(await isWhole(headings.filter({ hasText: heading }).getByText('bert.encoder.layer.…').locator('..'))).toBe(true);
    }
    expect(await isWhole(page.getByRole('button', { name: 'bert.encoder.layer.2.output.dense' }).locator('span'))).toBe(true);
  });
}

test.describe('forced colours', () => {
  test.use({ forcedColors: 'active' });

  test('the row of the teacher that the keyboard is at is outlined with the focus, and never looks chosen', async ({ page }) => {
    await showLinks(page);
    const rows = teacherTree(page).getByRole('treeitem');
    const active = rows.and(page.locator('[aria-selected=true]'));
    const other = rows.and(page.locator('[aria-selected=false][aria-expanded]')).first();
    const styleOf = (row: Locator) => row.evaluate((element) => ({ ground: getComputedStyle(element).backgroundColor, outline: getComputedStyle(element).outlineStyle }));
    await expect(active).toHaveCount(1);
    await page.mouse.move(0, 0);
    expect(await styleOf(active)).toEqual(await styleOf(other));
    await teacherTree(page).focus();
    expect(await styleOf(active)).toEqual({ ...(await styleOf(other)), outline: 'solid' });
  });
});

test('F2c: with a deeper teacher of other names a preset links each block, six actions from nothing open to the export', async ({ page }) => {
  const blocks = (count: number, type: string) => Array.from({ length: count }, (_, at) => `      (${at}): ${type}(\n        (lin): Linear(in_features=8, out_features=8, bias=True)\n      )\n`).join('');
  const student = `Student(\n  (net): Transformer(\n    (layer): ModuleList(\n${blocks(3, 'Block')}    )\n  )\n  (classifier): Linear(in_features=8, out_features=2, bias=True)\n)`;
  const teacher = `Teacher(\n  (bert): Bert(\n    (encoder): ModuleList(\n${blocks(6, 'BertLayer')}    )\n  )\n  (classifier): Linear(in_features=8, out_features=2, bias=True)\n)`;
  const paste = async (text: string) => {
    await page.evaluate((given) => navigator.clipboard.writeText(given), text);
    await page.keyboard.press('ControlOrMeta+v');
  };
  await page.goto('/');
  await paste(student);
  await expect(page.getByRole('banner').getByRole('button', { name: /^Student/ })).toBeVisible();
  await chooseMode(page, 'Distillation');
  await paste(teacher);
  await page.getByRole('button', { name: /^Open it as the teacher/ }).click();
  const preset = page.getByRole('button', { name: 'Learn every block and the logits' });
  await expect(preset).toContainText('Selects 4 modules with 4 sub-configs, linked to those of the teacher.');
  await preset.click();
  const family = page.getByRole('article', { name: 'Sub-configs 1 to 3' });
  await expect(family).toContainText('net.layer.0 … 2 → bert.encoder.1 … 5 · lambda 0.9 · mse');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict on the export' })).toHaveText('Ready: NNI accepts this list');
  await expect(page.getByRole('region', { name: 'Config list as JSON' })).toContainText('"link": "bert.encoder.3"');
});

test('a second model is offered as the teacher, however it is brought, and the student stays until the user says so', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, 'Distillation');
  const student = page.getByRole('banner').getByRole('button', { name: /^resnet18/ });
  const question = page.getByRole('dialog', { name: 'A second model' });
  const line = page.getByRole('region', { name: 'Sub-configs', exact: true }).getByText(/^Teacher: /);
  await dropFiles(page, [{ name: 'other.txt', bytes: Buffer.from('Other(\n  (proj): Linear(in_features=2, out_features=2, bias=True)\n)') }]);
  await expect(question).toContainText('2 modules.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(student).toBeVisible();
  await expect(line).toHaveText('Teacher: the same tree as the student’s');

  await student.click();
  await page.getByRole('menuitem', { name: 'Open another model' }).click();
  await page.getByRole('dialog', { name: 'Open a model' }).getByRole('button', { name: /^BERT/ }).click();
  await expect(question.getByRole('button', { name: /^Open it as the teacher/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(line).toHaveText(/^Teacher: bert/i);
  await expect(student).toBeVisible();

  // The open student again is no second model; another one may take the place of either.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill('Open sample GPT-2');
  await page.keyboard.press('Enter');
  await expect(question.getByRole('button', { name: /^Open it as the teacher/ })).toContainText('resnet18 stays the student');
  await question.getByRole('button', { name: 'Open it instead of resnet18' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: /^gpt2/ })).toBeVisible();
  await expect(line).toHaveText(/^Teacher: bert/i);
});
