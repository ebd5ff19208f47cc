import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { openJson, pasteJsonText, subConfigsPane } from './fixtures/side-pane.ts';

const list = `[
  {"op_names_re": ["layer1"], "op_types": ["Conv2d"], "sparse_ratio": 0.5},
  {"op_types": ["Conv2d"], "exclude_op_names_re": ["conv1$"], "sparse_ratio": 0.9}
]`;

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await openJson(page);
  await pasteJsonText(page, list);
});

const tooltip = (page: Page) => page.getByRole('tooltip');

test('a row tells why its module is selected or not, to the pointer and to the keyboard', async ({ page }) => {
  await test.step('S1–S4, R1: pointing at a row tells by what each sub-config selects its module or not', async () => {
    await moduleRow(page, 'conv1').hover();
    await expect(tooltip(page)).toContainText('conv1Conv2d · 64 × 3 × 7 × 7');
    await expect(tooltip(page)).toContainText('Excluded from 2 by the pattern conv1$.');
    await expect(tooltip(page).getByRole('listitem')).toHaveText([
      '1 no match',
      '2 selects it by the type Conv2d and excludes it by the pattern conv1$',
    ]);
    await moduleRow(page, 'fc').hover();
    await expect(tooltip(page)).toContainText('Not selected: no match.');
    await moduleRow(page, 'layer1').hover();
    await expect(tooltip(page)).toContainText('1 matches it by the pattern layer1, but Sequential is not in op_types');
    await page.getByRole('button', { name: 'Expand all' }).click();
    await moduleRow(page, 'layer1.0.conv1').hover();
    await expect(tooltip(page)).toContainText(
      'Selected by 1 through the pattern layer1 and the type Conv2d; 2 selects it, too, but comes too late: its targets are taken.',
    );
    await page.mouse.wheel(0, 60);
    await expect(tooltip(page)).toBeHidden();
    await page.mouse.move(2, 2);
    await expect(tooltip(page)).toBeHidden();
  });

  await test.step('the keyboard gets it as the description of the row', async () => {
    await moduleRow(page, 'conv1').click();
    await expect(tooltip(page)).toBeHidden();
    await page.mouse.move(2, 2);
    await page.keyboard.press('ArrowDown');
    await expect(moduleRow(page, 'bn1')).toHaveAccessibleDescription(/Not selected: no match\./);
    await page.keyboard.press('ArrowDown');
    await expect(moduleRow(page, 'relu')).toHaveAccessibleDescription(/relu/);
    await expect(tooltip(page)).toHaveCount(1);
  });

  await test.step('a change of the list shows, a sub-config that is off is told, and Escape puts it away', async () => {
    await subConfigsPane(page).getByRole('switch').first().click();
    await moduleRow(page, 'conv1').hover();
    await expect(tooltip(page).getByRole('listitem').last()).toHaveText('1 is off');
    await page.keyboard.press('Escape');
    await expect(tooltip(page)).toBeHidden();
  });

  await test.step('what is wrong with a module is told with its why', async () => {
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await pasteJsonText(page, '[{"op_names": ["fc"], "sparse_ratio": 7.5}, {"op_types": ["BasicBlock"], "sparse_ratio": 0.5}]');
    await moduleRow(page, 'fc').hover();
    const findings = tooltip(page).getByRole('list', { name: 'Findings' }).getByRole('listitem');
    await expect(findings).toHaveText([/7\.5/]);
    await expect(findings.getByRole('img', { name: 'NNI won’t tell you' })).toBeVisible();
    await moduleRow(page, 'conv1').hover();
    await expect(tooltip(page)).toContainText('conv1');
    await expect(findings).toHaveCount(0);
  });

  await test.step('of a long list it tells what concerns the module, and counts the rest', async () => {
    const named = Array.from({ length: 12 }, () => ({ op_names: ['conv1'], op_types: ['Linear'], sparse_ratio: 0.5 }));
    const others = Array.from({ length: 30 }, () => ({ op_names: ['fc'], sparse_ratio: 0.5 }));
    await pasteJsonText(page, JSON.stringify([...others, ...named]));
    await expect(subConfigsPane(page)).toContainText('43 sub-configs');
    await moduleRow(page, 'relu').hover();
    await moduleRow(page, 'conv1').hover();
    const lines = tooltip(page).getByRole('list').first().getByRole('listitem');
    await expect(lines).toHaveCount(13);
    await expect(lines.first()).toHaveText(/^32 .*, but Conv2d is not in op_types/);
    await expect(lines.nth(10)).toHaveText('30 others: no match');
    await expect(lines.last()).toHaveText('and 2 more');
  });
});
