import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { dropFiles, modelTree, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { choosePlanAction, openPlans, planButton, renamePlan, settled } from './fixtures/plans.ts';
import { openJson, openProblems, pasteJsonText, readJsonText, textState } from './fixtures/side-pane.ts';
import { card, chooseAction, importList } from './fixtures/sub-configs-pane.ts';

const ratio = 'sparse_ratio, sub-config 1';

/** From now on no new timer of the page runs out: it does not save its next change before another tab does. */
async function holdTimers(page: Page): Promise<void> {
  await page.evaluate(() => {
    const own = window as typeof window & { releaseTimers?: () => void };
    const setTimeout = window.setTimeout.bind(window);
    const held: Parameters<typeof setTimeout>[] = [];
    window.setTimeout = ((...timer: Parameters<typeof setTimeout>) => held.push(timer)) as unknown as typeof setTimeout;
    own.releaseTimers = () => {
      window.setTimeout = setTimeout;
      for (const timer of held) setTimeout(...timer);
    };
  });
}

async function releaseTimers(page: Page): Promise<void> {
  await page.evaluate(() => (window as typeof window & { releaseTimers?: () => void }).releaseTimers?.());
}

test('several plans: renamed in place, listed on the start page, opened where they were left', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Halve it');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await choosePlanAction(page, 'New plan for this model');
  await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Untitled plan');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.25}]');
  await renamePlan(page, 'Only the head');

  const dialog = await openPlans(page);
  await dialog.getByRole('button', { name: 'New plan for another model' }).click();
  const plans = page.getByRole('region', { name: 'Your plans' });
  const first = plans.getByRole('button', { name: /^Halve it/ });
  await expect(first).toContainText('resnet18, 68 modules · 1 sub-config for pruning');
  await expect(plans.getByRole('button', { name: /^Only the head/ })).toBeVisible();
  await page.reload();
  await first.click();
  await expect(modelTree(page)).toBeVisible();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
  await expect(planButton(page)).toHaveAccessibleName('Plan: Halve it');
  await page.reload();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
});

test('a plan is duplicated, deleted and brought back', async ({ page }) => {
  await openSample(page, 'Small MLP');
  await renamePlan(page, 'One');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.25}]');
  const dialog = await openPlans(page);
  await dialog.getByRole('button', { name: 'Actions of One' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await dialog.getByRole('button', { name: 'Actions of Copy of One' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await dialog.getByRole('textbox', { name: 'Name of Copy of One' }).fill('Two');
  await page.keyboard.press('Enter');
  const two = dialog.getByRole('button', { name: /^Two/ });
  await expect(two).toContainText('1 sub-config for pruning');
  await dialog.getByRole('button', { name: 'Actions of Two' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(two).toBeHidden();
  await expect(dialog.getByRole('status')).toContainText('Two was deleted.');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await two.click();
  await expect(dialog).toBeHidden();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Two');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.25');
});

test('two tabs with changes do not overwrite each other: the later one says so and offers both ways out', async ({ page, context }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Shared');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await settled(page);
  const other = await context.newPage();
  await other.goto('/');
  const otherRatio = other.getByRole('textbox', { name: ratio });
  await expect(otherRatio).toHaveValue('0.5');
  await holdTimers(page);
  await page.getByRole('textbox', { name: ratio }).fill('0.1');
  await otherRatio.fill('0.75');
  await otherRatio.press('Tab');
  const alert = page.getByRole('alert').filter({ hasText: 'Another tab changed this plan' });
  await expect(alert).toBeVisible();
  await releaseTimers(page);
  await alert.getByRole('button', { name: 'Keep mine as a copy' }).click();
  await expect(alert).toBeHidden();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Copy of Shared');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.1');
  await settled(page);
  await other.reload();
  await expect(otherRatio).toHaveValue('0.75');

  const dialog = await openPlans(page);
  await dialog.getByRole('button', { name: /^Shared/ }).click();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.75');
  await holdTimers(page);
  await page.getByRole('textbox', { name: ratio }).fill('0.2');
  await otherRatio.fill('0.6');
  await otherRatio.press('Tab');
  await page.getByRole('button', { name: 'Load the version of the other tab' }).click();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.6');
});

test('a tab without unsaved work follows the other tab, and undo takes that back in both', async ({ page, context }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await settled(page);
  await moduleRow(page, 'conv1').click();
  const other = await context.newPage();
  await other.goto('/');
  const otherRatio = other.getByRole('textbox', { name: ratio });
  await expect(otherRatio).toHaveValue('0.5');
  await openJson(page);
  await otherRatio.fill('0.75');
  await otherRatio.press('Tab');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.75');
  await expect.poll(() => readJsonText(page)).toContain('0.75');
  await expect(page.getByText('Another tab')).toHaveCount(0);
  await expect(modelTree(page).getByRole('treeitem', { selected: true })).toHaveAccessibleName(/^conv1,/);
  // The other way round, several times: each tab continues from the plan that the other saved.
  for (const [from, to, text] of [[page, other, '0.3'], [other, page, '0.4'], [page, other, '0.6']] as const) {
    await from.getByRole('textbox', { name: ratio }).fill(text);
    await from.getByRole('textbox', { name: ratio }).press('Tab');
    await expect(to.getByRole('textbox', { name: ratio })).toHaveValue(text);
  }
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(otherRatio).toHaveValue('0.4');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.4');
  await expect(page.getByText('Another tab')).toHaveCount(0);
  await settled(page);
  await page.reload();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.4');
});

test('a plan that another tab deletes can be kept', async ({ page, context }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Twice open');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await settled(page);
  const other = await context.newPage();
  await other.goto('/');
  await expect(planButton(other)).toHaveAccessibleName('Plan: Twice open');
  const dialog = await openPlans(other);
  await dialog.getByRole('button', { name: 'Actions of Twice open' }).click();
  await other.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(other.getByRole('status').filter({ hasText: 'Twice open was deleted.' })).toBeVisible();
  await page.getByRole('alert').getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(other.getByRole('region', { name: 'Your plans' })).toContainText('Twice open');
  await page.reload();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
});

test('broken text in the editor survives a reload', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await openJson(page);
  await pasteJsonText(page, '[{"op_types": ["Conv2d"], "sparse_ratio": ');
  await expect(textState(page)).toContainText('not valid JSON yet');
  await settled(page);
  await page.reload();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  await openJson(page);
  await expect(textState(page)).toContainText('The last good list stays in force.');
  await expect.poll(() => readJsonText(page)).toBe('[{"op_types": ["Conv2d"], "sparse_ratio": ');
  await textState(page).getByRole('button', { name: 'Back to the list in force' }).click();
  await expect(textState(page)).toBeEmpty();
});

test('a dropped plan file opens as a plan of its own; a newer or damaged one is refused', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const text = (version: number, lists: string) =>
    `{"format": "compression-plan", "version": ${version}, "name": "From a file", "lists": ${lists}, "tree": null}`;
  const drop = (content: string) => dropFiles(page, [{ name: 'a.plan.json', bytes: Buffer.from(content) }]);

  await drop(text(9, '{}'));
  await expect(page.getByRole('alert')).toContainText('This plan has version 9, which is newer than this Espalier.');
  await drop(text(1, '{"pruning": 5}'));
  await expect(page.getByRole('alert')).toContainText('The plan is damaged at lists.pruning');
  await drop(text(1, '{"pruning": ['));
  await expect(page.getByRole('alert')).toContainText('a.plan.json was not opened. Line 1');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');

  await drop(text(1, '{"pruning": [{"config": {"op_types": ["Linear"], "sparse_ratio": 0.250}}]}'));
  await expect(page.getByRole('status').filter({ hasText: 'From a file was opened' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your plans' })).toContainText('From a file');
  await page.getByRole('button', { name: /^Untitled plan/ }).click();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
});

test('a first visit lists no plans', async ({ page }) => {
  await openApp(page);
  await expect(page.getByRole('region', { name: 'Your plans' })).toBeHidden();
  await expect(planButton(page)).toBeHidden();
});

test('F8: assertions are kept with the plan and stand among the problems when they fail', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await chooseAction(page, 1, 'Add an assertion');
  const dialog = page.getByRole('dialog', { name: 'Assertions for pruning' });
  const form = dialog.getByRole('form', { name: 'New assertion' });
  await expect(form.getByRole('combobox', { name: 'What' }).locator('option:checked')).toHaveText('Sub-config 1');
  await expect(form.getByRole('textbox', { name: 'Number of modules' })).toHaveValue('20');
  await form.getByRole('textbox', { name: 'Label, if you like' }).fill('every convolution');
  await page.keyboard.press('Enter');
  const rows = dialog.getByRole('list', { name: 'Assertions' }).getByRole('listitem');
  await expect(rows).toHaveText(['every convolution: Sub-config 1 selects exactly 20 modules · holds']);
  await form.getByRole('combobox', { name: 'What' }).selectOption('The whole list');
  await form.getByRole('combobox', { name: 'Demand' }).selectOption('never selects matches of');
  await form.getByRole('textbox', { name: 'Pattern, as re.match tries it' }).fill('layer4');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(rows.nth(1)).toContainText('fails for 5 modules');
  await expect(form.getByRole('textbox', { name: 'Pattern, as re.match tries it' })).toBeFocused();
  await page.keyboard.press('Escape');

  const findings = await openProblems(page);
  await expect(findings).toContainText('An assertion fails: layer4.0.conv1 and 4 more modules that match layer4 are selected.');
  const verdict = page.getByRole('status', { name: 'Verdict', exact: true });
  await expect(verdict).toHaveText('NNI accepts this list, but an assertion fails: layer4.0.conv1 and 4 more modules that match layer4 are selected');
  await expect(page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: /^Problems/ })).toHaveText('Problems1 assertion fails');
  await verdict.getByRole('button').click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(findings).toBeHidden();
  await importList(page, '[{"op_types": ["Conv2d", "Linear"], "sparse_ratio": 0.5}]');
  await expect(findings).toContainText('“every convolution” fails: 21 modules are selected, not 20.');
  await settled(page);
  await page.reload();
  await choosePlanAction(page, 'Assertions');
  await rows.getByRole('button', { name: /^Change: / }).click();
  await dialog.getByRole('form', { name: 'Change an assertion' }).getByRole('textbox', { name: 'Number of modules' }).fill('21');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveText([/ · holds$/]);
  await rows.getByRole('button', { name: /^Remove: / }).click();
  await expect(rows).toHaveCount(0);
});

test('axe: the dialogs of plans in both themes', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: ratio }).fill('0.8');
  await page.getByRole('textbox', { name: ratio }).press('Tab');
  await settled(page);
  const dialog = page.getByRole('dialog');
  for (const [action, text] of [
    ['All plans', 'open here'],
    ['Share', 'is a sample that every Espalier has'],
    ['Compare', 'weight.sparse_ratio 0.5 → 0.8'],
    ['Assertions', 'Demand'],
  ] as const) {
    await choosePlanAction(page, action);
    await expect(dialog).toContainText(text);
    await expectAccessible(page, (axe) => axe.include('dialog'));
    await page.keyboard.press('Escape');
  }
});

test('several sub-configs are chosen and removed with the keyboard alone', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const one = '{"op_types": ["Conv2d"], "sparse_ratio": 0.5}';
  await importList(page, `[${one}, ${one.replace('0.5', '0.6')}, ${one.replace('0.5', '0.7')}]`);
  await page.getByRole('button', { name: 'Actions of sub-config 1' }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: 'Choose several' });
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  const isChosen = () => item.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 12 && !(await isChosen()); step++) await page.keyboard.press('ArrowDown');
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
  const bar = page.getByRole('toolbar', { name: 'Chosen sub-configs' });
  await expect(bar).toContainText('1 of 3 chosen');
  await page.getByRole('checkbox', { name: /sub-config 3/i }).focus();
  await page.keyboard.press('Space');
  await expect(bar).toContainText('2 of 3 chosen');
  await bar.getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(bar).toBeHidden();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.6');
  await expect(card(page, 2)).toBeHidden();
});

test('plans that nobody touched do not pile up', async ({ page }) => {
  const plans = page.getByRole('region', { name: 'Your plans' });
  const leave = async (): Promise<void> => {
    await settled(page);
    const dialog = await openPlans(page);
    await dialog.getByRole('button', { name: 'New plan for another model' }).click();
    await expect(plans).toBeVisible();
  };
  await openSample(page, 'Small MLP');
  await page.getByRole('button', { name: /^Prune all/ }).click();
  await page.keyboard.press('Control+z');
  await leave();
  for (let visit = 0; visit < 3; visit++) {
    await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
    await expect(modelTree(page)).toBeVisible();
    await leave();
  }
  await expect(plans.getByRole('button', { name: /resnet18/ })).toHaveCount(1);
  await expect(plans.getByRole('button', { name: /^Untitled plan/ })).toHaveCount(2);
});

test('what is opened last is shown, and what was just changed is kept', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Of ResNet');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await choosePlanAction(page, 'New plan for this model');
  await renamePlan(page, 'Other');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.25}]');
  await settled(page);

  // A model is still being read when another plan is opened: the model does not get into that plan.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/samples/bert_base.json.gz', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: /^resnet18/ }).click();
  await page.getByRole('menuitem', { name: /another model/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^BERT/ }).first().click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await page.keyboard.press('Escape');
  const back = await openPlans(page);
  await back.getByRole('button', { name: /^Of ResNet/ }).click();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  release();
  await settled(page);
  await expect(moduleRow(page, 'layer1')).toBeVisible();
  await expect(card(page, 1)).toContainText('selects 20 modules');

  // A field is changed and another plan opened at once.
  await page.getByRole('textbox', { name: ratio }).fill('0.75');
  await page.getByRole('textbox', { name: ratio }).press('Tab');
  await (await openPlans(page)).getByRole('button', { name: /^Other/ }).click();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.25');
  await (await openPlans(page)).getByRole('button', { name: /^Of ResNet/ }).click();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.75');
});

test('a plan that the browser cannot store is not left without a word', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await settled(page);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const field = page.getByRole('textbox', { name: ratio });
  await field.fill('0.75');
  await field.press('Tab');
  await expect(page.getByText('Not saved', { exact: true })).toBeVisible();
  await choosePlanAction(page, 'New plan for this model');
  await expect(page.getByRole('alert').filter({ hasText: 'could not store the plan, so it stays open' })).toBeVisible();
  await expect(field).toHaveValue('0.75');
  await choosePlanAction(page, 'New plan for this model');
  await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
});
