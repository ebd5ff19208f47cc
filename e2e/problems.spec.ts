import { expect, test } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { keepEngineBack } from './fixtures/keep-engine-back.ts';
import { openJson, openProblems, pasteJsonText, problemsBar, readJsonText, subConfigsPane } from './fixtures/side-pane.ts';
import { settled } from './fixtures/plans.ts';

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await openJson(page);
});

test('tells what is wrong with a list, leads there and puts it right', async ({ page }) => {
  await test.step('F11: one verdict of four states, with the way to the first problem', async () => {
    const verdict = page.getByRole('status', { name: 'Verdict' });
    await expect(verdict).toContainText('The list is empty');
    await pasteJsonText(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
    await expect(verdict).toHaveText('Ready: NNI accepts this list');
    await pasteJsonText(page, '[{"op_types": ["Conv2d"], "exclude_op_names": ["nothing"], "sparse_ratio": 0.5}]');
    await expect(verdict).toContainText('NNI accepts this list, with 1 warning');
    await pasteJsonText(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 1}]');
    await expect(verdict).toContainText('Refused: ');
    await expect(verdict).not.toContainText('SchemaError');
    await verdict.getByRole('button').click();
    await expect(page.getByRole('textbox', { name: /^sparse_ratio/ })).toBeFocused();
    await expect(page.getByRole('status', { name: 'Verdict' })).toHaveCount(1);
    await pasteJsonText(page, '[]');
  });

  await test.step('says plainly that there is nothing, and what was never checked', async () => {
    await expect(problemsBar(page)).toContainText('nothing to check yet');
    await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
    await expect(problemsBar(page)).toContainText('NNI accepts this list');
    await expect(problemsBar(page)).not.toContainText('refused');
    await openProblems(page);
    await expect(problemsBar(page)).toContainText('Never checked here');
  });

  await test.step('F8 and Shift+F8 walk through the problems and focus their fields', async () => {
    await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 1}, {"op_types": ["Conv2d"], "max_sparse_ratio": 7.5}]');
    await expect(problemsBar(page)).toContainText('2 refused');
    const findings = await openProblems(page);
    const current = findings.getByRole('listitem').and(page.locator('[aria-current=true]'));
    await page.getByRole('tab', { name: /^JSON/ }).focus();
    await page.keyboard.press('F8');
    await expect(current).toContainText('sparse_ratio');
    await expect(subConfigsPane(page).locator(':focus')).toBeVisible();
    await page.keyboard.press('F8');
    await expect(current).toContainText('max_sparse_ratio');
    await page.keyboard.press('Shift+F8');
    await expect(current).not.toContainText('max_sparse_ratio');
  });

  await test.step('arrow keys move from finding to finding', async () => {
    await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 1}, {"op_types": ["Conv2d"], "max_sparse_ratio": 7.5}]');
    const findings = await openProblems(page);
    const titles = findings.getByRole('listitem').getByRole('button').and(page.getByTitle('Go to the place'));
    await titles.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(titles.nth(1)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(titles.first()).toBeFocused();
  });

  await test.step('V3: a value that is put right keeps the focus at its field', async () => {
    await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 1}]');
    await subConfigsPane(page).getByRole('button', { name: 'Write 1.0' }).press('Enter');
    await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' })).toBeFocused();
  });

  await test.step('F9: a misspelled key, type and name are put right by one click each, and the keyboard stays at their fields', async () => {
    await pasteJsonText(page, '[{"op_type": ["Linear"], "op_types": ["conv2d"], "op_names": ["module.conv1"], "sparse_ration": 0.5}]');
    const cards = subConfigsPane(page);
    await cards.getByRole('button', { name: 'Write Conv2d' }).press('Enter');
    await expect(page.getByRole('combobox', { name: 'Type 2 of op_types, sub-config 1' })).toBeFocused();
    // The button that took its place must not be under the finger.
    await page.keyboard.press('Enter');
    await cards.getByRole('button', { name: 'Write conv1' }).press('Enter');
    await expect(page.getByRole('combobox', { name: 'Name 1 of op_names, sub-config 1' })).toBeFocused();
    await cards.getByRole('button', { name: /^Rename \w+ to sparse_ratio$/ }).click();
    await cards.getByRole('button', { name: 'Remove op_type', exact: true }).click();
    await expect(problemsBar(page)).toContainText('NNI accepts this list');
    await expect.poll(() => readJsonText(page)).toBe('[{"op_types": ["Conv2d"], "op_names": ["conv1"], "sparse_ratio": 0.5}]');
  });

  await test.step('F15: findings of one cause are one line, and all are fixed in one step', async () => {
    const wrong = '[' + ['conv1', 'fc', 'layer1.0.conv1'].map((name) => `{"op_names": ["${name}"], "sparse_ratio": 1}`).join(', ') + ']';
    await pasteJsonText(page, wrong);
    await expect(problemsBar(page)).toContainText('3 refused');
    await openProblems(page);
    await expect(problemsBar(page)).toContainText('3 of this kind');
    await problemsBar(page).getByRole('button', { name: 'Fix all' }).click();
    await expect(problemsBar(page)).toContainText('NNI accepts this list');
    await expect.poll(() => readJsonText(page)).toBe(wrong.replaceAll('1}', '1.0}'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(problemsBar(page)).toContainText('3 refused');
  });

  await test.step('F12b: each field of one cause has words of its own, and the row keeps room for the cause', async () => {
    await pasteJsonText(
      page,
      '[{"op_types": ["Linear"], "sparse_ratio": 0.5, "max_sparse_ratio": null, "min_sparse_ratio": null, "global_group_id": null, "internal_metric_block": null}]',
    );
    await expect(problemsBar(page)).toContainText('1 refused');
    const findingsOf = (key: string) => subConfigsPane(page).getByRole('list', { name: `Findings of ${key}`, exact: true });
    await expect(findingsOf('max_sparse_ratio')).toContainText('max_sparse_ratio must be');
    await expect(findingsOf('min_sparse_ratio')).toContainText('min_sparse_ratio must be');
    await expect(findingsOf('min_sparse_ratio')).not.toContainText('max_sparse_ratio must be');
    const title = (await openProblems(page)).getByRole('button', { name: /^max_sparse_ratio must be/ });
    expect(await title.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  await test.step('F12: a card says once that an entry matches nothing: the other selectors are only marked', async () => {
    await pasteJsonText(page, '[{"op_names": ["layer9.conv9"], "op_types": ["Conv2d", "Linear"], "sparse_ratio": 0.5}]');
    const told = subConfigsPane(page).getByText('layer9.conv9 in op_names matches no module: sub-config 1 selects nothing.');
    await expect(told).toHaveCount(1);
  });
});

test('V3: lists what NNI refuses with its exception, leads to its places, and fixes it in one step', async ({ page }) => {
  const wrong = '[{"op_types": ["Linear"], "sparse_ratio": 1}]';
  await pasteJsonText(page, wrong);
  await expect(problemsBar(page)).toContainText('1 refused');
  await expect(problemsBar(page)).toContainText('Refused: ');
  const findings = await openProblems(page);
  const finding = findings.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'Refused by NNI' }) });
  await expect(finding).not.toContainText('SchemaError');
  await finding.getByRole('button', { name: 'Show the reason' }).click();
  await expect(finding).toContainText('SchemaError');
  await expect(finding).toContainText('sparse_ratio');

  await finding.getByRole('button', { name: 'In the JSON' }).click();
  await page.keyboard.type('0.5');
  await expect.poll(() => readJsonText(page)).toBe(wrong.replace('1}', '0.5}'));
  await expect(problemsBar(page)).toContainText('NNI accepts this list');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(problemsBar(page)).toContainText('1 refused');

  await finding.getByRole('button', { name: /1\.0/ }).click();
  await expect(problemsBar(page)).toContainText('NNI accepts this list');
  await expect.poll(() => readJsonText(page)).toBe(wrong.replace('1}', '1.0}'));
});

test('F14: what is intended is kept in the plan, counts for nothing, and can be shown again', async ({ page }) => {
  await pasteJsonText(page, '[{"op_types": ["Conv2d"], "exclude_op_names": ["nothing"], "sparse_ratio": 0.5}]');
  const findings = await openProblems(page);
  await findings.getByRole('button', { name: 'Show the reason' }).click();
  await findings.getByRole('button', { name: 'That is intended' }).click();
  await expect(problemsBar(page)).toContainText('Ready: NNI accepts this list');
  await settled(page);
  await page.reload();
  await expect(problemsBar(page)).toContainText('Ready: NNI accepts this list');
  await openProblems(page);
  await problemsBar(page).getByText('1 intended, and not counted').click();
  await problemsBar(page).getByRole('button', { name: 'Show again' }).click();
  await expect(problemsBar(page)).toContainText('with 1 warning');
});

test('on a phone the verdict and the words of a problem have the width of the page', async ({ page }) => {
  await pasteJsonText(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5, "max_sparse_ratio": null}]');
  await page.setViewportSize({ width: 390, height: 844 });
  const verdict = problemsBar(page).getByRole('status', { name: 'Verdict', exact: true });
  await expect(verdict).toContainText('Refused: ');
  const title = (await openProblems(page)).getByRole('button', { name: /^max_sparse_ratio must be/ });
  for (const part of [verdict, title]) expect((await part.boundingBox())!.width).toBeGreaterThan(240);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('K5: while a list is checked for more than a moment, the bar does not say that it has no problems', async ({ page }) => {
  const good = '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]';
  await pasteJsonText(page, good);
  await expect(problemsBar(page)).toContainText('No problems found');
  await openProblems(page);
  const release = await keepEngineBack(page);
  await pasteJsonText(page, good.replace('0.5', '0.25'));
  await expect(page.getByRole('status', { name: 'Verdict', exact: true })).toHaveText('Checking …');
  await expect(problemsBar(page)).not.toContainText('No problems found');
  await release();
  await expect(page.getByRole('status', { name: 'Verdict', exact: true })).toContainText('NNI accepts');
  await expect(problemsBar(page).getByRole('button', { name: /^Problems/ })).toContainText('No problems found');
});

test('K5: the counts of the list of before go while the list is checked, and while its text is broken', async ({ page }) => {
  const bad = '[{"op_types": ["Linear"], "sparse_ratio": 1}, {"op_types": ["Conv2d"], "sparse_ratio": 2}]';
  const toggle = problemsBar(page).getByRole('button', { name: /^Problems/ });
  const verdict = page.getByRole('status', { name: 'Verdict', exact: true });
  const findings = problemsBar(page).getByRole('list', { name: 'Findings' });
  await pasteJsonText(page, bad);
  await openProblems(page);
  await expect(toggle).toContainText('2 refused');

  await pasteJsonText(page, bad.replace('}]', ']'));
  await expect(verdict).toContainText('The JSON text has an error');
  await expect(page.getByRole('tab', { name: 'JSON error' })).toBeVisible();
  await expect(toggle).toHaveText('Problems');
  await expect(page.getByRole('button', { name: 'Fix all' })).toHaveCount(0);
  await expect(problemsBar(page)).toContainText('These are the problems of the list in force.');
  await expect(findings.getByRole('listitem')).toHaveCount(2);

  await pasteJsonText(page, '[]');
  await expect(verdict).toContainText('nothing to check yet');
  await pasteJsonText(page, '[');
  await expect(verdict).toContainText('The JSON text has an error');
  await expect(problemsBar(page)).toContainText('The list in force is empty.');

  await pasteJsonText(page, bad);
  await expect(toggle).toContainText('2 refused');
  const release = await keepEngineBack(page);
  await pasteJsonText(page, bad.replace('1}', '0.5}'));
  await expect(verdict).toHaveText('Checking …');
  await expect(toggle).toHaveText('Problems');
  await expect(problemsBar(page)).toContainText('These are the problems before the last change.');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict on the export' })).toHaveText('Checking …');
  await expect(page.getByRole('dialog')).not.toContainText('has no effect until');
  await page.keyboard.press('Escape');
  await release();
  await expect(toggle).toContainText('1 refused');
});

test('the first line of the open problems has the filter and says the counts once', async ({ page }) => {
  await pasteJsonText(page, '[{"op_types": ["Conv2d"], "sparse_ratio": "0.5"}, {"op_names_re": ["layer9"], "sparse_ratio": 0.5}]');
  await expect(problemsBar(page)).toContainText('1 refused');
  const problems = await openProblems(page);
  await expect(problems.getByRole('listitem')).toHaveCount(2);
  await expect(problemsBar(page).getByRole('button', { name: 'Problems', exact: true })).toHaveAttribute('aria-expanded', 'true');
  const filter = problemsBar(page).getByRole('group', { name: 'Show' });
  await filter.getByRole('button', { name: /^NNI won.t tell you \(1\)$/ }).click();
  await expect(problems.getByRole('listitem')).toHaveCount(1);
  await expect(problems).toContainText('layer9');
  await filter.getByRole('button', { pressed: true }).click();
  await expect(problems.getByRole('listitem')).toHaveCount(2);
});
