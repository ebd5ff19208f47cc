import { expect, test } from '@playwright/test';
import { typingPauses } from '../src/store/typing-pauses.ts';
import { expectAccessible } from './fixtures/axe.ts';
import { moduleRow, openSample } from './fixtures/app.ts';
import { problemsBar } from './fixtures/side-pane.ts';
import { addCondition, addSetting, card, cardTitle, copyJson, importList, patternField, typeField } from './fixtures/sub-configs-pane.ts';

const two =
  '[{"op_names_re": ["layer[34].*conv"], "op_types": ["Conv2d"], "sparse_ratio": 0.5, "granularity": "out_channel", "target_names": ["weight"]},' +
  ' {"op_names": ["fc"], "sparse_ratio": 0.8}]';

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
});

test('K1: a closed card says in one line, or in two where there is no room, what it selects, sets and counts', async ({ page }) => {
  await importList(page, two);
  await page.getByRole('button', { name: 'Close all sub-configs' }).click();
  await expect(card(page, 1)).toContainText('layer[34].*conv · Conv2d');
  await expect(card(page, 1)).toContainText('sparse_ratio 0.5 · out_channel · weight');
  await expect(card(page, 1)).toContainText('8 modules');
  expect((await card(page, 1).boundingBox())!.height).toBeLessThan(60);
  // Nothing of it is cut.
  const settings = card(page, 1).getByText('sparse_ratio 0.5 · out_channel · weight');
  expect(await settings.evaluate((text) => text.scrollHeight <= text.clientHeight && text.scrollWidth <= text.clientWidth)).toBe(true);
  await cardTitle(page, 2).click();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 2', exact: true })).toBeVisible();
});

test('an open card shows the selectors that are filled; the others come from one menu, and go when left empty', async ({ page }) => {
  await importList(page, two);
  await expect(patternField(page, 1)).toHaveValue('layer[34].*conv');
  await expect(page.getByRole('combobox', { name: /of op_names, sub-config 1$/ })).toHaveCount(0);
  await addCondition(page, 'exclude_op_types');
  await expect(typeField(page, 1, 'exclude_op_types')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(typeField(page, 1, 'exclude_op_types')).toHaveCount(0);
  await addCondition(page, 'exclude_op_names');
  await page.keyboard.type('layer3.0.conv1');
  await page.keyboard.press('Enter');
  await expect(card(page, 1)).toContainText('excludes 1');
  expect((await copyJson(page)).includes('"exclude_op_names": ["layer3.0.conv1"]')).toBe(true);
  // A pattern that is emptied and left is none; NNI would match every name with it. One that comes empty says so.
  await patternField(page, 1).fill('');
  await expect(card(page, 1)).toContainText('68 matched');
  await page.keyboard.press('Escape');
  await expect(patternField(page, 1)).toHaveCount(0);
  await expect(card(page, 1)).toContainText('selects 19 modules');
  // An empty field that disappears does not take the button below it away from the pointer.
  for (const selector of ['op_names_re', 'exclude_op_types', 'op_names']) await addCondition(page, selector);
  await page.keyboard.press('Escape');
  await importList(page, '[{"op_names_re": [""], "sparse_ratio": 0.5}]');
  await expect(card(page, 1)).toContainText('(every module)');
  await expect(card(page, 1)).toContainText('selects 68 modules');
});

test('P25, P28, P29: one live line says what a pattern hits, nearly hits, or that it fits only further on, with its fix', async ({ page }) => {
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await addCondition(page, 'exclude_op_names_re');
  await page.keyboard.type('downsample');
  await expect(card(page, 1)).toContainText('0 matched: matching starts at the beginning of a name. 9 names contain it later.');
  await card(page, 1).getByRole('button', { name: 'Use .*downsample' }).click();
  await expect(card(page, 1)).toContainText('selects 17 modules');
  await page.getByRole('button', { name: 'Add a condition to sub-config 1' }).click();
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  // The word means the first item with it, not the one that its first letter led to.
  await page.keyboard.type('names');
  await expect(page.getByRole('menuitem', { name: / op_names_re$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('layer[34].*conv1');
  await expect(card(page, 1)).toContainText('4 matched');
  await expect(card(page, 1)).toContainText('12 near misses');
  await card(page, 1).getByRole('button', { name: '12 near misses' }).click();
  const about = page.getByRole('dialog', { name: /^About pattern 1 of op_names_re/ });
  await expect(about).toContainText('Near misses');
  await expect(about).not.toContainText('`');
  await expect(patternField(page, 1)).toBeFocused();
  await page.keyboard.press('Escape');
  await card(page, 1).getByRole('button', { name: '4 matched' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('layer[34].*conv1');
});

test('a long pattern keeps its ends in sight: the field grows to a second line', async ({ page }) => {
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const height = async () => (await patternField(page, 1).boundingBox())!.height;
  const one = await height();
  await patternField(page, 1).fill(String.raw`(?:layer1|layer2|layer3|layer4)\.[01]\.(?:conv1|conv2|downsample\.0)$`.repeat(2));
  await expect.poll(height).toBeGreaterThan(one + 10);
});

test('K3: a fresh card is neutral, and what is wrong waits until the typing rests', async ({ page }) => {
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(card(page, 1)).toContainText('Choose modules');
  await expect(card(page, 1).getByRole('img')).toHaveCount(0);
  await expect(problemsBar(page)).toContainText('Sub-config 1 chooses no modules yet');
  await expect(problemsBar(page)).not.toContainText(/warning|refused/i);
  await patternField(page, 1).pressSequentially('layer1');
  await expect(card(page, 1)).toContainText('13 matched');
  await page.clock.install();
  // Far enough: on a busy machine seconds pass between the two calls, and a clock cannot be stopped in its past.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  await patternField(page, 1).pressSequentially('[');
  // The list is resolved, but the user still types. The engine answers in real time: the card's own pause begins then.
  await page.clock.runFor(typingPauses.resolve + 10);
  await expect(problemsBar(page)).toContainText('1 refused');
  await page.clock.runFor(typingPauses.card + 10);
  await expect(card(page, 1)).toContainText('selects 0 modules');
  await expect(card(page, 1)).not.toContainText('unterminated');
  await page.clock.runFor(typingPauses.findings);
  await expect(card(page, 1)).toContainText('unterminated character set at position 6');
});

test('K3: a click that leaves a card is not lost to the findings that show then', async ({ page }) => {
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await page.clock.install();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  await page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' }).fill('7.5');
  await page.clock.runFor(typingPauses.resolve + typingPauses.card + 10);
  await expect(problemsBar(page)).toContainText('2 warnings');
  await expect(card(page, 1)).not.toContainText('masks everything');
  await page.clock.resume();
  await page.getByRole('button', { name: 'Actions of sub-config 2' }).click();
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
  await expect(card(page, 1)).toContainText('sparse_ratio 7.5 masks everything.');
});

test('V3: align.module_name can be set to null, which stands for the module itself', async ({ page }) => {
  await importList(page, '[{"op_types": ["BatchNorm2d"], "sparse_ratio": 0.5}]');
  await addSetting(page, 'align');
  const module = page.getByRole('combobox', { name: 'Module of align, sub-config 1' });
  await module.fill('bn1');
  await module.press('Enter');
  expect(await copyJson(page)).toContain('"module_name": "bn1"');
  await module.fill('this');
  await page.getByRole('option', { name: 'this module null' }).click();
  expect(await copyJson(page)).toContain('"module_name": null');
});

test('K2: what a preset makes alike is one card, closed: opened, edited as one, taken apart', async ({ page }) => {
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  const family = page.getByRole('article', { name: 'Sub-configs 2 to 21' });
  await expect(family).toContainText('20 BatchNorm2d, each aligned with its own module');
  const summary = page.getByRole('region', { name: 'Summary of the list' }).getByRole('listitem');
  await expect(summary).toHaveCount(2);
  await expect(summary.nth(1)).toContainText('20 BatchNorm2d, each aligned with its own module: selects 20 modules, configures 40 targets');
  await expect(family).toContainText('20 modules');
  await expect(card(page, 2)).toHaveCount(0);
  await family.getByRole('button', { name: 'Open sub-configs 2 to 21' }).click();
  await expect(card(page, 21)).toContainText('layer4.1.bn2');
  await family.getByRole('button', { name: 'Target bias, sub-configs 2 to 21' }).click();
  expect(await copyJson(page, 2)).toContain('"target_names": ["weight"]');
  expect(await copyJson(page, 21)).toContain('"target_names": ["weight"]');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await copyJson(page, 21)).toContain('"target_names": ["weight", "bias"]');
  await page.reload();
  await page.getByRole('button', { name: 'Actions of sub-configs 2 to 21' }).click();
  await page.getByRole('menuitem', { name: 'Take apart' }).click();
  await expect(cardTitle(page, 21)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card(page, 21)).toHaveCount(0);
});

test('K2: a family is one line of what is inside a container, and one row of the overview, which opens', async ({ page }) => {
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  const inspector = page.getByRole('tabpanel');
  await moduleRow(page, 'layer2').click();
  await expect(inspector.getByRole('group', { name: 'Inside' }).getByRole('listitem')).toHaveText(['15 Conv2d, 50 %', '7–115 BatchNorm2d']);
  await page.getByRole('tab', { name: 'Overview' }).click();
  const shares = inspector.getByRole('table', { name: 'Parameters by sub-config' });
  await expect(shares.getByRole('row')).toHaveCount(3);
  await expect(shares.getByRole('row').last()).toHaveText(/2–2120 BatchNorm2d9\.60 K< 0\.1 %50 % masked/);
  await shares.getByRole('button', { name: /^Open sub-configs 2 to 21: 20 BatchNorm2d/ }).press('Enter');
  await expect(shares.getByRole('row')).toHaveCount(23);
  await expect(shares.getByRole('row', { name: /layer4\.1\.bn2 1\.02 K/ })).toBeVisible();
  await expectAccessible(page, (axe) => axe.include('[role=tabpanel]'));
  // One that is off is in neither.
  await page.getByRole('button', { name: 'Open sub-configs 2 to 21', exact: true }).click();
  await page.getByRole('switch', { name: 'Use sub-config 2', exact: true }).click();
  await expect(shares.getByRole('row').nth(2)).toContainText('19 BatchNorm2d');
  await page.getByRole('tab', { name: 'Resolved' }).click();
  await inspector.getByRole('button', { name: 'Go to sub-configs 7 to 11' }).click();
  await expect(card(page, 7)).toBeInViewport();
});

test('K2: a family moves as one, by dragging and by keys', async ({ page }) => {
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  const grip = page.getByRole('button', { name: 'Move sub-configs 2 to 21' });
  await grip.dragTo(cardTitle(page, 1), { targetPosition: { x: 40, y: 2 } });
  await expect(page.getByRole('article', { name: 'Sub-configs 1 to 20' })).toBeVisible();
  await expect(card(page, 21)).toContainText('Conv2d');
  await page.getByRole('button', { name: 'Move sub-configs 1 to 20' }).press('ArrowDown');
  await expect(page.getByText('Sub-configs 1 to 20 moved: now number 2 of 21.')).toBeAttached();
  await expect(card(page, 1)).toContainText('Conv2d');
});

test('K4: a card moves to another mode; the menu names what is left out, and one undo brings it back', async ({ page }) => {
  await importList(page, two);
  await page.getByRole('button', { name: 'Actions of sub-config 2', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Move to Quantization leaves out sparse_ratio' }).click();
  await expect(page.getByRole('tab', { name: /^Quantization/ })).toHaveAttribute('aria-selected', 'true');
  await expect(card(page, 1)).toContainText('fc');
  await expect(card(page, 2)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 1)).toHaveCount(0);
  await page.getByRole('tab', { name: /^Pruning/ }).click();
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 2', exact: true })).toHaveValue('0.8');
});

test('axe finds nothing in open and closed cards, in both themes', async ({ page }) => {
  await importList(page, two);
  await cardTitle(page, 2).click();
  await expect(card(page, 1)).toContainText('near misses');
  await expectAccessible(page, (axe) => axe.include('[aria-label="Sub-configs"]'));
});

test('all fields of a card end at one right edge, those of fusions too', async ({ page }) => {
  await page.getByRole('tab', { name: 'Quantization' }).click();
  await importList(
    page,
    '[{"op_names": ["conv1"], "op_types": ["Conv2d"], "target_names": ["weight", "_output_"], "quant_dtype": "int8", "fuse_names": [["conv1", "bn1"], ["layer1.0.conv1", "layer1.0.bn1"]]}]',
  );
  const right = async (name: string) => {
    const box = (await page.getByRole('combobox', { name, exact: true }).or(page.getByRole('textbox', { name, exact: true })).boundingBox())!;
    return Math.round(box.x + box.width);
  };
  const edges = await Promise.all(['Fusion 1 of fuse_names, sub-config 1', 'Fusion 2 of fuse_names, sub-config 1', 'Fusion 3 of fuse_names, sub-config 1', 'Name 1 of op_names, sub-config 1'].map(right));
  expect(new Set(edges).size).toBe(1);
});

test('on a phone the field in which the user types stays in sight when the verdict takes a second line', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await importList(page, two);
  await page.getByRole('tab', { name: 'Sub-configs', exact: true }).click();
  const list = page.getByRole('region', { name: 'List of sub-configs' });
  const name = page.getByRole('combobox', { name: 'Name 1 of op_names, sub-config 2' });
  await name.focus();
  // The field stands at the lower edge of the list.
  await list.evaluate((box) => {
    const { bottom } = document.activeElement!.getBoundingClientRect();
    box.scrollTop += bottom - box.getBoundingClientRect().bottom;
  });
  const height = async () => (await problemsBar(page).boundingBox())!.height;
  const before = await height();
  await name.fill('a.module.of.another.model');
  await expect.poll(height).toBeGreaterThan(before);
  await expect(name).toBeInViewport({ ratio: 1 });
});

test('K1: a closed card of several lines keeps its text clear of its edges, as far above as below', async ({ page }) => {
  const long = { target_names: ['weight', 'bias'], sparse_ratio: 0.5, granularity: 'out_channel', apply_method: 'mul', max_sparse_ratio: 0.9, min_sparse_ratio: 0.1 };
  const names = [['layer2.0.downsample.1', 'layer2.0.bn1'], ['bn1'], ['layer1.0.bn1'], ['layer1.0.bn2']];
  await importList(page, JSON.stringify(names.map((op_names) => ({ op_names, ...long }))));
  await page.getByRole('button', { name: 'Close all sub-configs' }).click();
  const cards = page.getByRole('article', { name: /^Sub-config/ });
  for (const at of await cards.all()) {
    const box = (await at.boundingBox())!;
    const title = (await at.getByText(/^layer2\.0\.downsample\.1, |BatchNorm2d$/).first().boundingBox())!;
    const settings = (await at.getByText(/sparse_ratio 0\.5 · /).boundingBox())!;
    expect(settings.height).toBeGreaterThan(30);
    const [above, below] = [title.y - box.y, box.y + box.height - settings.y - settings.height];
    expect(above).toBeGreaterThan(4);
    expect(Math.abs(above - below)).toBeLessThan(3);
  }
});
