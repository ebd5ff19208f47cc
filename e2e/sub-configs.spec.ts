import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import {
  addCondition,
  addSetting,
  card,
  cardTitle,
  chooseAction,
  chooseMode,
  copyJson,
  importList,
  nameField,
  patternField,
  renameCard,
  typeField,
} from './fixtures/sub-configs-pane.ts';

const two = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.25}]';
const ratio = (page: Page, number: number) =>
  page.getByRole('textbox', { name: `sparse_ratio, sub-config ${number}`, exact: true });

test.describe('cards', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
  });

  test('cards are chosen, reached from the verdict, keep what has no field, and are ordered', async ({ page }) => {
    await test.step('several are chosen and removed in one undo step', async () => {
      await importList(page, two);
      await chooseAction(page, 1, 'Choose several');
      const bar = page.getByRole('toolbar', { name: 'Chosen sub-configs' });
      await expect(bar).toContainText('1 of 2 chosen');
      await page.getByRole('checkbox', { name: 'Choose sub-config 2' }).check();
      await bar.getByRole('button', { name: 'Remove' }).click();
      await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(ratio(page, 2)).toHaveValue('0.25');
    });

    await test.step('the verdict leads to the field', async () => {
      await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5, "align": {"dims": [0]}}]');
      await page.getByRole('status', { name: 'Verdict' }).getByRole('button', { name: /^Refused: / }).click();
      await expect(page.getByRole('combobox', { name: 'Module of align, sub-config 1' })).toBeFocused();
    });

    await test.step('V2: keys and values that no field is made for are shown as JSON and kept', async () => {
      await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": "half", "mystery": {"a": [1, 2.50]}}]');
      await expect(page.getByRole('textbox', { name: 'sparse_ratio as JSON, sub-config 1' })).toHaveValue('"half"');
      await page.getByRole('textbox', { name: 'mystery as JSON, sub-config 1' }).fill('{"a": [1, 2.50], "b": null}');
      expect(await copyJson(page)).toBe(
        '{"op_types": ["Linear"], "sparse_ratio": "half", "mystery": {"a": [1, 2.50], "b": null}}',
      );
    });

    await test.step('R1: order changes by keyboard and by dragging, and is reported', async () => {
      await importList(page, two);
      await renameCard(page, 1, 'convolutions');
      await cardTitle(page, 1).focus();
      await page.keyboard.press('Alt+ArrowDown');
      await expect(ratio(page, 2)).toHaveValue('0.5');
      await expect(page.getByText('convolutions moved: now number 2 of 2.')).toBeAttached();
      await expect(cardTitle(page, 2)).toBeFocused();

      await page.getByRole('button', { name: 'Close all sub-configs' }).click();
      await page.getByRole('button', { name: 'Move sub-config 2' }).dragTo(card(page, 1), { targetPosition: { x: 60, y: 4 } });
      await expect(card(page, 1)).toContainText('convolutions');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(card(page, 2)).toContainText('convolutions');
    });
  });

  test('a preset that fits is one undo step, and what does not fit says why', async ({ page }) => {
    await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
    await expect(page.getByRole('article', { name: 'Sub-configs 2 to 21' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
    await page.getByRole('button', { name: 'Add sub-config' }).click();
    await page.getByRole('menuitem', { name: /^All presets/ }).click();
    await expect(page.getByRole('region', { name: 'Presets that do not fit' })).toContainText(
      'This model has no feed-forward layers of a transformer.',
    );
  });

  test('C3: the shorthand is written out per target and back, meaning the same', async ({ page }) => {
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    await chooseAction(page, 1, 'Split by target');
    await expect(page.getByRole('textbox', { name: 'sparse_ratio of weight, sub-config 1' })).toHaveValue('0.5');
    await chooseAction(page, 1, 'Merge targets');
    await expect(ratio(page, 1)).toHaveValue('0.5');
  });

  test('C2: the standard_config of the specification comes from its shorthand in one action', async ({ page }) => {
    await page.getByRole('button', { name: 'Prune all Linear' }).click();
    await chooseAction(page, 1, 'Write out the defaults');
    const settingsOf = (target: string) => card(page, 1).getByRole('group', { name: `Settings of ${target}, sub-config 1` });
    await expect(settingsOf('weight').getByRole('radio', { name: 'default' })).toBeChecked();
    await expect(settingsOf('bias').getByRole('combobox', { name: /^Target of align/ })).toHaveValue('weight');
    await expect(card(page, 1).getByRole('button', { name: 'Target bias, sub-config 1' })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('status', { name: 'Verdict' })).toHaveText('Ready: NNI accepts this list');
    await page.getByRole('button', { name: 'Actions of sub-config 1' }).click();
    await expect(page.getByRole('menuitem', { name: 'Write out the defaults' })).toBeHidden();
  });
});

test.describe('selectors', () => {
  test('S2: Enter goes on, Backspace takes an empty one away, lines are pasted as patterns', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    await expect(patternField(page, 1)).toBeFocused();
    await page.keyboard.type('layer1');
    await page.keyboard.press('Enter');
    await expect(patternField(page, 2)).toBeFocused();
    await page.keyboard.type('x');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await expect(patternField(page, 1)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.evaluate(() => navigator.clipboard.writeText('"layer2",\nlayer3\n'));
    await page.keyboard.press('ControlOrMeta+v');
    await expect(patternField(page, 2)).toHaveValue('layer2');
    await expect(patternField(page, 3)).toHaveValue('layer3');
    await expect(card(page, 1)).toContainText('selects 45 modules');
    await patternField(page, 3).press('Escape');
    await expect(patternField(page, 3)).not.toBeFocused();
  });

  test('S3: types complete with their counts; one that the model lacks is flagged', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    await addCondition(page, 'op_types');
    await expect(typeField(page, 1)).toBeFocused();
    await page.keyboard.type('con');
    await expect(page.getByRole('option', { name: 'Conv2d 20 modules' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('option', { name: 'con as typed' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Remove type Conv2d of op_types, sub-config 1' })).toBeVisible();
    await typeField(page, 2).fill('Convolution');
    await page.keyboard.press('Enter');
    await expect(card(page, 1)).toContainText('not in this model');
    await page.getByRole('button', { name: 'Remove type Convolution of op_types, sub-config 1' }).click();
    await expect(card(page, 1)).not.toContainText('not in this model');
  });

  test('S1: names complete from 75,396 modules, fifty at most', async ({ page }) => {
    await openSample(page, 'DeepSeek-V3');
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    await addCondition(page, 'op_names');
    await nameField(page, 1).fill('layers.60.mlp');
    const options = page.getByRole('listbox', { name: /^Options of Name 1/ }).getByRole('option');
    await expect(options.first()).toContainText('model.layers.60.mlp');
    expect(await options.count()).toBeLessThanOrEqual(50);
    await nameField(page, 1).fill('lm_he');
    await expect(options).toHaveText([/^lm_head/, /^lm_he/]);
    await page.keyboard.press('Enter');
    await expect(nameField(page, 1)).toHaveValue('lm_head');
    await expect(card(page, 1)).toContainText('selects 1 module');
  });
});

test.describe('settings', () => {
  test('C4: a target gets settings of its own', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    await page.getByRole('button', { name: 'Add a setting to sub-config 1', exact: true }).click();
    await page.getByRole('menuitem', { name: /^bias/ }).click();
    await expect(page.getByRole('button', { name: 'Add a setting to bias of sub-config 1' })).toBeFocused();
    await addSetting(page, 'sparse_ratio', 'bias of sub-config 1');
    const own = page.getByRole('textbox', { name: 'sparse_ratio of bias, sub-config 1' });
    await expect(own).toBeFocused();
    await own.fill('0.75');
    expect(await copyJson(page)).toBe(
      '{"op_types": ["Conv2d"], "sparse_ratio": 0.5, "target_settings": {"bias": {"sparse_ratio": 0.75}}}',
    );
    await page.getByRole('button', { name: 'Remove the settings of bias, sub-config 1' }).click();
    expect(await copyJson(page)).toBe('{"op_types": ["Conv2d"], "sparse_ratio": 0.5}');
  });

  test('X1: block sizes say which shapes they divide, and are not cut', async ({ page }) => {
    await openSample(page, 'ResNet-18');

    await test.step('X1: block sizes say which shapes they divide', async () => {
      await importList(page, '[{"op_names": ["fc"], "sparse_ratio": 0.5, "granularity": [8, 8]}]');
      const sizes = page.getByRole('table', { name: 'Block sizes of granularity, sub-config 1' });
      await expect(sizes.getByRole('row', { name: 'weight 1000 512 → 8,000 pieces' })).toBeVisible();
      await page.getByRole('textbox', { name: 'Block size 1 of granularity, sub-config 1' }).fill('7');
      await expect(sizes.getByRole('row', { name: 'weight 1000 512 is not divisible' })).toBeVisible();
      await page.getByRole('button', { name: 'Fewer dimensions of granularity, sub-config 1' }).click();
      await expect(sizes.getByRole('row', { name: 'weight 1000 512 → 64,000 pieces' })).toBeVisible();
      expect(await copyJson(page)).toContain('"granularity": [8]');
    });

    await test.step('X1: what is said of blocks of four dimensions is not cut, inside of the settings of a target', async () => {
      await importList(page, '[{"op_types": ["Conv2d"], "target_settings": {"weight": {"sparse_ratio": 0.5, "granularity": [2, -1, 1, 1]}}}]');
      const settings = page.getByRole('group', { name: 'Settings of weight, sub-config 1', exact: true });
      const sizes = settings.getByRole('table', { name: 'Block sizes of granularity of weight, sub-config 1' });
      await expect(sizes.getByRole('cell', { name: /^→ 288 pieces \(\d modules\)$/ })).toBeVisible();
      const hidden = await sizes.evaluate(({ parentElement }) => parentElement!.scrollWidth - parentElement!.clientWidth);
      expect(hidden).toBe(0);
    });
  });
});

test('settings of several kinds say what they reach, are typed at once, and have a form of their own', async ({ page }) => {
  await openSample(page, 'ResNet-18');

  await test.step('what is typed right after a setting is added takes the place of its example', async () => {
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
    await addSetting(page, 'global_group_id');
    await page.keyboard.type('convolutions');
    await expect(page.getByRole('combobox', { name: 'global_group_id, sub-config 1' })).toHaveValue('convolutions');
    await page.keyboard.press('Escape');
    await addSetting(page, 'max_sparse_ratio');
    await page.keyboard.type('0.75');
    await expect(page.getByRole('textbox', { name: 'max_sparse_ratio, sub-config 1' })).toHaveValue('0.75');
    await expect.poll(() => copyJson(page)).toContain('"global_group_id": "convolutions"');
    expect(await copyJson(page)).toContain('"max_sparse_ratio": 0.75');
  });

  await test.step('what is typed in the menu goes to a setting by the start of its name, of a word of it, or its middle', async () => {
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.5}]');
    const menu = page.getByRole('menu', { name: 'Add a setting to sub-config 1' });
    for (const [typed, key] of [['gran', 'granularity'], ['group', 'global_group_id'], ['metric', 'internal_metric_block']] as const) {
      await page.getByRole('button', { name: 'Add a setting to sub-config 1', exact: true }).click();
      await expect(menu.getByRole('menuitem').first()).toBeFocused();
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await expect(card(page, 1).getByRole('button', { name: `Remove ${key}, sub-config 1` })).toBeVisible();
      // The pointer rests where the row is now: nobody asked for its help.
      await expect(page.getByRole('tooltip', { name: '' })).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'Add a setting to sub-config 1', exact: true }).click();
    const [opened, button] = [await menu.boundingBox(), await page.getByRole('button', { name: 'Add a setting to sub-config 1', exact: true }).boundingBox()];
    expect(opened!.y >= button!.y + button!.height || opened!.y + opened!.height <= button!.y, 'the menu leaves its button in sight').toBe(true);
    await page.keyboard.press('Escape');
  });

  await test.step('X2: a second sub-config joins the global group of the list', async () => {
    await page.getByRole('combobox', { name: 'global_group_id, sub-config 1' }).fill('linear_group_1');
    await addSetting(page, 'global_group_id', 'sub-config 2');
    await expect(page.getByRole('combobox', { name: 'global_group_id, sub-config 2' })).toHaveValue('linear_group_1');
    await expect(card(page, 2)).toContainText('One group with #1.');
  });

  await test.step('X2: a group has its members listed, a mark in the tree, and its id offered to others', async () => {
    await importList(
      page,
      '[{"op_names": ["layer1.0.conv1", "layer1.0.conv2"], "sparse_ratio": 0.5, "dependency_group_id": "7"},' +
        ' {"op_names": ["layer1.1.conv1"], "sparse_ratio": 0.5}]',
    );
    const id = (number: number) => page.getByRole('combobox', { name: `dependency_group_id, sub-config ${number}` });
    await expect(id(1)).toHaveValue('"7"');
    await addSetting(page, 'dependency_group_id', 'sub-config 2');
    await id(2).fill('"');
    await page.getByRole('option', { name: '"7" with #1' }).click();
    await expect(card(page, 2)).toContainText('One group with #1.');
    expect(await copyJson(page, 2)).toContain('"dependency_group_id": "7"');
    await card(page, 2).getByText('3 targets in 3 modules').click();
    const members = page.getByRole('list', { name: 'Members of the group of dependency_group_id, sub-config 2' });
    await members.getByRole('button', { name: 'layer1.0.conv2' }).click();
    await expect(moduleRow(page, 'layer1.0.conv2')).toHaveAccessibleName(/in dependency group "7" of 3 targets/);
    await expect(moduleRow(page, 'layer1.0.bn2')).not.toHaveAccessibleName(/group/);
  });

  await test.step('C2–C6: what NNI sees of a sub-config, by module type and target', async () => {
    await importList(page, '[{"op_types": ["Conv2d", "Linear"], "sparse_ratio": 0.5}]');
    await page.getByText('What NNI sees').click();
    const seen = page.getByRole('group', { name: 'Sub-config 1 as NNI sees it' });
    await expect(seen).toContainText('Conv2d, Linear');
    await expect(seen.getByRole('definition').first()).toContainText('sparse_ratio: 0.5');
    await expect(seen.getByRole('definition').first()).toContainText('granularity: "default"');
  });
});

test('R4: only what NNI fuses is taken from the model', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, 'Quantization');
  await importList(page, '[{"op_types": ["Conv2d"], "quant_dtype": "int8", "target_names": ["weight", "_output_"], "fuse_names": []}]');
  const take = page.getByRole('button', { name: 'Fuse the modules chosen in the model for fuse_names, sub-config 1' });
  await moduleRow(page, 'conv1').click();
  await moduleRow(page, 'maxpool').click({ modifiers: ['ControlOrMeta'] });
  await expect(take).toBeDisabled();
  await moduleRow(page, 'conv1').click();
  await moduleRow(page, 'bn1').click({ modifiers: ['ControlOrMeta'] });
  await moduleRow(page, 'relu').click({ modifiers: ['ControlOrMeta'] });
  await take.click();
  expect(await copyJson(page)).toContain('"fuse_names": [["conv1", "bn1", "relu"]]');
  await page.getByRole('combobox', { name: 'Fusion 2 of fuse_names, sub-config 1' }).click();
  // The ReLU of the block runs twice: fused away behind bn1, it would be lost after bn2 (G16, G17).
  await expect(page.getByRole('listbox').getByRole('option').first()).toHaveText('layer1.0.conv1, layer1.0.bn1');
});

test('every key is explained on hover and on focus', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await page.getByRole('button', { name: 'About sparse_ratio' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('At the top it reaches weight.');
  await page.getByRole('button', { name: 'About op_types' }).focus();
  await expect(page.getByRole('tooltip').filter({ hasText: 'Left out:' }).first()).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`names that differ only at the end can be told apart in an open card, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openSample(page, 'ResNet-18');
    const start = 'language_model.model.decoder.layers.0.block_sparse_moe.experts.0.';
    const names = [`${start}gate_projection`, `${start}up_projection`];
    await importList(page, JSON.stringify([{ op_names: names, sparse_ratio: 0.5 }]));
    if (width === 390) await page.getByRole('tab', { name: 'Sub-configs', exact: true }).click();
    for (const [at, name] of names.entries()) {
      const field = nameField(page, at + 1);
      await expect(field).toHaveValue(name);
      // The card's findings name the module, too.
      const whole = field.locator('..').getByText(name, { exact: true });
      await expect(whole).toBeVisible();
      const box = (await field.boundingBox())!;
      for (const letter of [0, name.length - 1]) {
        const seen = await whole.evaluate((text, place) => {
          const range = document.createRange();
          range.setStart(text.firstChild!, place);
          range.setEnd(text.firstChild!, place + 1);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return { left, right, top, bottom };
        }, letter);
        expect(seen.left).toBeGreaterThan(box.x);
        expect(seen.right).toBeLessThan(box.x + box.width - 24);
        expect(seen.top).toBeGreaterThan(box.y);
        expect(seen.bottom).toBeLessThan(box.y + box.height);
      }
    }
    // It is one field: with the focus its own text is shown, and nothing moves.
    const field = nameField(page, 2);
    const before = await field.boundingBox();
    await field.focus();
    await expect(field.locator('..').getByText(names[1]!, { exact: true })).toBeHidden();
    expect(await field.boundingBox()).toEqual(before);
    await field.blur();
    await field.click();
    await expect(field).toBeFocused();
    await field.fill('layer1.0.conv2');
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('layer1.0.conv2');
  });
}

test('long names in links, fusions, groups and align are shown whole while their fields have no focus', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const start = 'language_model.model.decoder.layers.0.block_sparse_moe.experts.0.';
  const lists = {
    Distillation: [{ op_names: ['conv1'], lambda: 0.5, link: [`${start}gate_projection`, `${start}up_projection`] }],
    Quantization: [{ op_names: ['conv1'], quant_dtype: 'int8', target_names: ['weight'], fuse_names: [[`${start}gate_projection`, `${start}up_projection`]] }],
    Pruning: [{ op_names: ['conv1'], dependency_group_id: `${start}up_projection`, align: { module_name: `${start}gate_projection`, target_name: 'weight', dims: [0] } }],
  } as const;
  for (const mode of ['Distillation', 'Quantization', 'Pruning'] as const) {
    await chooseMode(page, mode);
    await importList(page, JSON.stringify(lists[mode]));
    const fields = page.getByRole('article', { name: /^Sub-config 1/ }).getByRole(mode === 'Quantization' ? 'textbox' : 'combobox');
    const long = (await fields.all()).map(async (field) => ({ field, value: await field.inputValue() }));
    const found = (await Promise.all(long)).filter(({ value }) => value.startsWith(start));
    expect([mode, found.length]).toEqual([mode, mode === 'Quantization' ? 1 : 2]);
    for (const { field, value } of found) {
      const whole = field.locator('..').getByText(value, { exact: true });
      const [box, seen] = [(await field.boundingBox())!, (await whole.boundingBox())!];
      expect(await whole.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
      expect(seen.height).toBeLessThanOrEqual(box.height);
      await field.focus();
      await expect(whole).toBeHidden();
      expect(await field.boundingBox()).toEqual(box);
    }
  }
});

test('a long type takes a second line rather than losing its end', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const type = 'ColumnParallelLinearWithLowRankAdaptersAndRotaryEmbeddings';
  await importList(page, JSON.stringify([{ op_types: [type], sparse_ratio: 0.5 }]));
  const name = card(page, 1).getByText(type, { exact: true }).last();
  const { right } = await name.evaluate((node) => node.parentElement!.getBoundingClientRect().toJSON() as DOMRect);
  const words = await name.evaluate((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect().toJSON() as DOMRect;
  });
  expect(words.right).toBeLessThan(right);
  expect(words.height).toBeGreaterThan(24);
});
