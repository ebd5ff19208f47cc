import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { jsonField, openJson, openResolved, pasteJsonText, subConfigsPane } from './fixtures/side-pane.ts';

const list = `[
  {"op_names_re": ["layer1"], "op_types": ["Conv2d"], "sparse_ratio": 0.5},
  {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": 0.9},
  {"op_types": ["Linear"], "target_names": ["weight"], "sparse_ratio": 0.25,
   "target_settings": {"weight": {"granularity": [4, 4]}, "bias": {"apply_method": "mul"}}}
]`;

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
});

async function useList(page: Page): Promise<void> {
  await openJson(page);
  await pasteJsonText(page, list);
}

test('teaches while nothing is in focus, and sums the list up', async ({ page }) => {
  const panel = await openResolved(page);
  await expect(panel).toContainText('Pick a module to see its settings');
  await useList(page);
  await openResolved(page);
  const summary = panel.getByRole('region', { name: 'Summary of the list' });
  await expect(summary).toContainText('The pruning list configures 20 of 68 modules.');
  await expect(summary.getByRole('listitem')).toContainText([
    'selects 4 modules',
    'selects 19 modules, excludes 1',
    'selects 1 module',
  ]);
});

test('tells of each module of a list what is set on it, and why', async ({ page }) => {
  await useList(page);
  const panel = await openResolved(page);

  await test.step('a source leads to the field in the card', async () => {
    await moduleRow(page, 'fc').click();
    await panel.getByRole('article', { name: 'fc' }).getByRole('button', { name: 'shorthand' }).click();
    const field = subConfigsPane(page).locator(':focus');
    await expect(field).toBeInViewport();
    await expect(jsonField(page)).toBeHidden();
  });

  await test.step('C2–C5, R1, R6, X4: every value of a target with where it came from, who lost and what was dropped', async () => {
    await moduleRow(page, 'fc').click();
    const fc = panel.getByRole('article', { name: 'fc' });
    await expect(fc).toContainText('torch.nn.modules.linear.Linear');
    await expect(fc.getByRole('list', { name: 'Parameters' })).toContainText('weight 1000 × 512');
    await expect(fc).toContainText('Selected by 3 through the type Linear');
    const weight = fc.getByRole('group', { name: 'Target weight' });
    await expect(weight.getByRole('row', { name: /sparse_ratio/ })).toContainText('0.25shorthand of 3');
    await expect(weight.getByRole('row', { name: /granularity/ })).toContainText('[4, 4]target setting of 3');
    await expect(weight.getByRole('row', { name: /apply_method/ })).toBeHidden();
    await weight.getByText(/^\d+ defaults?$/).click();
    await expect(weight.getByRole('row', { name: /apply_method/ })).toContainText('"mul"template of Linear');
    await expect(weight).toContainText('In blocks of 4 × 4');
    await expect(weight).toContainText('Masked: 128,000 of 512,000 values (25 %)');
    await weight.getByRole('button', { name: 'Values that granularity replaced' }).click();
    await expect(weight.getByRole('row', { name: /instead of/ })).toContainText('"default"template of Linear');
    await expect(fc.getByRole('list', { name: 'Dropped settings' })).toContainText('target_settings › bias of 3 has no effect');
    await expect(fc.getByRole('group', { name: 'Target bias' })).toBeHidden();
    await fc.getByRole('button', { name: 'Copy the settings as JSON' }).click();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as Record<string, unknown>;
    expect(copied).toMatchObject({ weight: { sparse_ratio: 0.25, granularity: [4, 4], apply_method: 'mul' } });
  });

  await test.step('modules with equal results are one group', async () => {
    await moduleRow(page, 'bn1').click();
    await moduleRow(page, 'maxpool').click({ modifiers: ['Shift'] });
    const group = panel.getByRole('article', { name: '3 modules' });
    await expect(group.getByRole('list', { name: 'Modules' }).getByRole('listitem')).toHaveText(['bn1', 'relu', 'maxpool']);
    await expect(group).toContainText('Not selected: no match');
    await group.getByRole('button', { name: 'relu' }).click();
    await expect(panel.getByRole('article')).toHaveCount(1);
    await expect(panel.getByRole('article', { name: 'relu' })).toBeVisible();
  });

  await test.step('a container says what is selected inside it, and why only where that adds something', async () => {
    await moduleRow(page, 'layer2').click();
    const layer = panel.getByRole('article', { name: 'layer2' });
    await expect(layer).toContainText('Not selected: no match');
    await expect(layer.getByRole('group', { name: 'Inside' }).getByRole('listitem')).toHaveText(['25 Conv2d, 90 %']);
    await expect(layer.getByRole('group', { name: 'Why' })).toBeHidden();
    await page.getByRole('button', { name: 'Expand all' }).click();
    await moduleRow(page, 'layer1').click();
    await expect(panel.getByRole('article', { name: 'layer1' }).getByRole('group', { name: 'Inside' }).getByRole('listitem')).toHaveText(['14 Conv2d, 50 %', '24 Conv2d, 90 %']);
  });

  await test.step('R1: names the loser and who came first', async () => {
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('layer1.0.conv1');
    await moduleRow(page, 'layer1.0.conv1').click();
    const report = panel.getByRole('article', { name: 'layer1.0.conv1' });
    await expect(report.getByRole('group', { name: 'Target weight' }).getByRole('list', { name: 'Came too late' })).toContainText(
      '2 wanted sparse_ratio 0.9: 1 came first.',
    );
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('');
  });

  await test.step('S3, S4: says why a module is not selected, and makes a sub-config for it', async () => {
    await moduleRow(page, 'conv1').click();
    const conv = panel.getByRole('article', { name: 'conv1' });
    await expect(conv).toContainText('Excluded from 2 by the name conv1');
    const why = conv.getByRole('group', { name: 'Why' }).getByRole('listitem');
    await expect(why).toContainText([
      'no match',
      'selects it by the type Conv2d and excludes it by the name conv1',
      'Conv2d is not in op_types',
    ]);
    await conv.getByRole('button', { name: 'Make a sub-config for it' }).click();
    await expect(conv).toContainText('Selected by 4 through the name conv1');
    // The sentence has said why 4 selects it.
    await expect(conv.getByRole('group', { name: 'Why' })).toContainText('Why not the others');
    await expect(why).toHaveCount(3);
    await expect(subConfigsPane(page)).toContainText('selects 1 module');
  });
});

test('align is told in words, and several modules are a table to copy', async ({ page }) => {
  await openJson(page);
  await pasteJsonText(
    page,
    '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["bn1"], "sparse_ratio": 0.5, "align": {"module_name": "conv1", "target_name": "weight", "dims": [0]}}]',
  );
  const panel = await openResolved(page);
  await moduleRow(page, 'bn1').click();
  const bias = panel.getByRole('article', { name: 'bn1' }).getByRole('group', { name: 'Target bias' });
  await expect(bias.getByRole('row', { name: /align/ })).toContainText('follows conv1.weight');
  await moduleRow(page, 'conv1').click({ modifiers: ['Shift'] });
  await expect(panel.getByRole('table', { name: 'Chosen modules' })).toContainText('sparse_ratio 0.5');
  await panel.getByRole('button', { name: 'Copy the table' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')[0]).toBe('module\ttype\ttarget\tset by\tsettings');
  expect(copied).toContain('conv1\tConv2d\tbias\t#1\tNone here: NNI skips it');
});

test('F2, F3: the panel tells what fails later and what is silent of a module, and fixes it', async ({ page }) => {
  await openJson(page);
  await page.getByRole('tab', { name: /^Quantization/ }).or(page.getByRole('radio', { name: /^Quantization/ })).first().click();
  await pasteJsonText(page, '[{"op_types": ["Conv2d"], "quant_dtype": "int8"}]');
  const panel = await openResolved(page);
  await moduleRow(page, 'conv1').click();
  const told = panel.getByRole('article', { name: 'conv1' }).getByRole('list', { name: 'Findings of the module' });
  await expect(told).toContainText('bias is None in 20 quantized modules: the first forward pass fails.');
  await told.getByRole('button', { name: 'Remove bias' }).click();
  await expect(told).toBeHidden();
  await expect(page.getByText('NNI accepts this list').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(told).toContainText('bias is None');
});

test('no line begins with the semicolon that follows a long name', async ({ page }) => {
  const name = 'layer1.0.conv1';
  await openJson(page);
  await pasteJsonText(page, `[{"op_names": ["${name}"], "sparse_ratio": 0.5}, {"op_types": ["Conv2d"], "sparse_ratio": 0.9}]`);
  const panel = await openResolved(page);
  await page.getByRole('button', { name: 'Expand all' }).click();
  await moduleRow(page, name).click();
  const sentence = panel.getByText(/^Selected by /);
  const link = sentence.getByRole('button', { name, exact: true });
  await expect(sentence).toContainText(`${name}; `);
  // As narrow as a name of several lines makes it.
  await sentence.evaluate((text) => (text.style.width = '90px'));
  const places = await sentence.evaluate((text) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const found: { text: string; top: number; left: number }[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const range = document.createRange();
      for (let at = 0; at < node.textContent!.length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { top, left } = range.getBoundingClientRect();
        found.push({ text: node.textContent![at]!, top, left });
      }
    }
    return found;
  });
  const mark = places.findIndex(({ text }) => text === ';');
  expect(places[mark]!.left).toBeGreaterThan(places[mark - 1]!.left);
  expect(Math.abs(places[mark]!.top - places[mark - 1]!.top)).toBeLessThan(6);
  expect((await link.boundingBox())!.height).toBeGreaterThan(30);
});
