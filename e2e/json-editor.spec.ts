import { expect, test } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { jsonField, openJson, pasteJsonText, problemsBar, readJsonText, textState, subConfigsPane } from './fixtures/side-pane.ts';

const twoSubConfigs = `[
  { "op_names_re": ["layer1"],  "op_types": ["Conv2d"], "sparse_ratio": 0.50 },
  { "op_types": ["Linear"], "sparse_ratio": 0.25 }
]`;

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await openJson(page);
});

test('text and cards follow each other', async ({ page }) => {
  await test.step('E1: the cards follow the text, and the text stays as it was typed', async () => {
    await pasteJsonText(page, twoSubConfigs);
    const cards = subConfigsPane(page);
    await expect(cards.getByText('selects 4 modules')).toBeVisible();
    await expect.poll(() => readJsonText(page)).toBe(twoSubConfigs);
  });

  await test.step('a change in a card is a small change in the text', async () => {
    await pasteJsonText(page, twoSubConfigs);
    const card = subConfigsPane(page);
    const ratio = card.getByRole('textbox', { name: 'sparse_ratio' }).first();
    await ratio.fill('0.75');
    await ratio.press('Enter');
    await expect.poll(() => readJsonText(page)).toBe(twoSubConfigs.replace('0.50', '0.75'));
    // The text follows a moment later; whoever types there before that loses neither change.
    await ratio.fill('0.25');
    await jsonField(page).focus();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' ');
    expect(await readJsonText(page)).toBe(`${twoSubConfigs.replace('0.50', '0.25')} `);
    await expect(ratio).toHaveValue('0.25');
  });

  await test.step('a list that is typed over all of the old text replaces it', async () => {
    await pasteJsonText(page, twoSubConfigs);
    await expect(subConfigsPane(page).getByText('selects 4 modules')).toBeVisible();
    await jsonField(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    // The first bracket is closed, as any other, and a closing one goes over that.
    await page.keyboard.type('[{"op_names": ["fc"], "sparse_ratio": 0.1}');
    await expect.poll(() => readJsonText(page)).toBe('[{"op_names": ["fc"], "sparse_ratio": 0.1}]');
    await expect(subConfigsPane(page).getByText('selects 1 module')).toBeVisible();
  });
});

test('in the editor undo is the editor’s own, by words; outside of it the plan’s', async ({ page }) => {
  await pasteJsonText(page, twoSubConfigs);
  await expect(subConfigsPane(page).getByText('selects 4 modules')).toBeVisible();
  await jsonField(page).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(', {"op_names": ["fc"], "sparse_ratio": 0.1}');
  await expect(page.getByRole('tab', { name: /^Pruning/ })).toHaveText('Pruning3');
  await page.keyboard.press('ControlOrMeta+z');
  // A part of the typed text is gone, not all of it.
  await expect.poll(() => readJsonText(page)).toContain('"op_names": ["fc"]');
  await jsonField(page).focus();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(() => readJsonText(page)).toContain('"sparse_ratio": 0.1}');
  for (let step = 0; step < 30; step++) await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => readJsonText(page)).toBe('[]');
  await expect(page.getByRole('tab', { name: /^Pruning/ })).toHaveText('Pruning');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => readJsonText(page)).toContain('"op_types": ["Linear"]');
});

test('while the text is broken the last good list stays in force, and the text is not lost', async ({ page }) => {
  await pasteJsonText(page, twoSubConfigs);
  const broken = twoSubConfigs.replace('0.25 }', '0.25, }');
  await pasteJsonText(page, broken);
  await expect(textState(page)).toContainText('The text is not valid JSON yet: line 3, column 49');
  await expect(textState(page)).toContainText('The last good list stays in force.');
  const cards = subConfigsPane(page);
  await expect(cards.getByText('selects 4 modules')).toBeVisible();

  await page.getByRole('tab', { name: 'Resolved' }).click();
  await openJson(page);
  await expect(textState(page)).toContainText('line 3, column 49');
  await page.getByRole('tab', { name: /^Quantization/ }).click();
  await expect.poll(() => readJsonText(page)).toBe('[]');
  await expect(textState(page)).toBeEmpty();
  await page.getByRole('tab', { name: /^Pruning/ }).click();
  await expect.poll(() => readJsonText(page)).toBe(broken);

  // K5: neither the bar nor the export says that all is well while a change is not in the list.
  const left = 'The JSON text has an error (line 3, column 49): its changes are not in this list';
  await expect(page.getByRole('status', { name: 'Verdict', exact: true })).toHaveText(left);
  await page.getByRole('tab', { name: 'Resolved' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const verdict = page.getByRole('status', { name: 'Verdict on the export' });
  await expect(verdict).toContainText(left);
  await verdict.getByRole('button', { name: 'Go to it' }).click();
  await expect(textState(page)).toContainText('line 3, column 49');

  await page.getByRole('button', { name: 'Back to the list in force' }).click();
  await expect.poll(() => readJsonText(page)).toBe(twoSubConfigs);
  await expect(textState(page)).toBeEmpty();
});

test('a broken text can be undone in the editor alone', async ({ page }) => {
  await pasteJsonText(page, twoSubConfigs);
  await jsonField(page).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(',');
  await expect(textState(page)).toContainText('not valid JSON yet');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(textState(page)).toBeEmpty();
  await expect.poll(() => readJsonText(page)).toBe(twoSubConfigs);
});

test('explains, completes, formats and mends what is typed, and leads to the card', async ({ page }) => {
  await test.step('says what a text is that is JSON but no config list', async () => {
    const cases: readonly [text: string, message: string][] = [
      ['{"op_types": ["Conv2d"]}', 'line 1, column 1: The text is an object, not a list.'],
      ['[{"op_types": ["Conv2d"]}, 1.0]', 'line 1, column 28: Item 2 of the list is a number, not a sub-config.'],
    ];
    for (const [text, message] of cases) {
      await pasteJsonText(page, text);
      await expect(textState(page)).toContainText(`The text is not a config list yet: ${message}`);
    }
  });

  await test.step('completes keys, module names and types of this model', async () => {
    const suggestions = page.getByRole('listbox', { name: 'Suggest' });
    const cases: readonly [before: string, after: string, typed: string, offered: RegExp][] = [
      ['[{"op_names": [', ']}]', '"layer4.1.co', /^layer4\.1\.conv1/],
      ['[{"op_types": [', ']}]', '"Batch', /^BatchNorm2d/],
      ['[{', '}]', '"spar', /^sparse_ratio/],
    ];
    for (const [before, after, typed, offered] of cases) {
      await pasteJsonText(page, before + after);
      await page.keyboard.press('ControlOrMeta+Home');
      for (let step = 0; step < before.length; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.type(typed);
      await expect(suggestions.getByRole('option', { name: offered }).first()).toBeVisible();
      await page.keyboard.press('Escape');
    }
  });

  await test.step('explains keys on hover', async () => {
    await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.25}]');
    await page.getByText('"sparse_ratio"').first().hover();
    await expect(page.getByRole('tooltip').getByText('masked', { exact: false }).first()).toBeVisible();
  });

  await test.step('E1: formatting lays out anew and leaves numbers alone', async () => {
    await pasteJsonText(page, '[{"op_types":["Linear"],"sparse_ratio":0.50}]');
    await page.getByRole('button', { name: 'Format' }).click();
    await expect
      .poll(() => readJsonText(page))
      .toBe('[\n  {\n    "op_types": ["Linear"],\n    "sparse_ratio": 0.50\n  }\n]');
  });

  await test.step('V3: a finding is marked, and its fix is offered at the place', async () => {
    const wrong = '[{"op_types": ["Linear"], "sparse_ratio": 1}]';
    await pasteJsonText(page, wrong);
    await expect(problemsBar(page)).toContainText('1 refused');
    await page.keyboard.press('ControlOrMeta+End');
    for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ControlOrMeta+.');
    await page.getByRole('option', { name: /1\.0/ }).click();
    await expect.poll(() => readJsonText(page)).toBe(wrong.replace('1}', '1.0}'));
  });

  await test.step('E1: a key that stands twice is marked', async () => {
    await pasteJsonText(page, '[{"op_types": ["Linear"], "op_types": ["Conv2d"]}]');
    await page.getByText('"op_types"').last().hover();
    await expect(page.getByText('op_types occurs twice here.')).toBeVisible();
  });

  await test.step('goes from the text to the card', async () => {
    await pasteJsonText(page, twoSubConfigs);
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F12');
    await expect(subConfigsPane(page).locator(':focus')).toBeVisible();
  });

  await test.step('E2: shows the list as Python', async () => {
    await pasteJsonText(page, twoSubConfigs);
    await page.getByRole('button', { name: 'Show as Python' }).click();
    const python = page.getByRole('region', { name: 'Config list as Python' });
    await expect(python).toContainText("'op_names_re': ['layer1'],");
    await expect(python).toContainText("'sparse_ratio': 0.5,");
  });
});

test('what is completed closes what it opens, and offers what comes next', async ({ page }) => {
  const suggestions = page.getByRole('listbox', { name: 'Suggest' });
  await pasteJsonText(page, '[]');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ControlOrMeta+Space');
  await expect(suggestions.getByRole('option', { name: /op_types … .*a sub-config for pruning/ })).toBeVisible();
  await page.keyboard.press('Enter');
  // The names of the model follow at once.
  await suggestions.getByRole('option', { name: /^Conv2d/ }).click();
  expect((await readJsonText(page)).replaceAll(/\s+/g, ' ')).toBe('[{ "op_types": ["Conv2d"], "sparse_ratio": 0.5 }]');
  await expect(page.getByRole('tab', { name: /^Pruning/ })).toHaveText('Pruning1');
});
