import { expect, test, type Page } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { choosePlanAction, openPlans, planButton, renamePlan, settled } from './fixtures/plans.ts';
import { openJson, pasteJsonText, textState } from './fixtures/side-pane.ts';
import { addCondition, card, importList, nameField } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';

/** Refuses every write of this page as a full disk does (the real quota is tried in not-saved.spec.ts), or takes them again. */
function fillStorage(page: Page, isFull: boolean): Promise<void> {
  return page.evaluate((full) => {
    const prototype = IDBObjectStore.prototype as unknown as { put: unknown; ownPut?: unknown };
    prototype.ownPut ??= prototype.put;
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    prototype.put = full ? refuse : prototype.ownPut;
  }, isFull);
}

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw new Error(`The page reported: ${error.message}`);
  });
});

test('a field that was not left when the page was closed has its text in the plan', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await settled(page);
  await addCondition(page, 'exclude_op_names');
  await nameField(page, 1, 'exclude_op_names').fill('conv1');
  await page.reload();
  await expect(nameField(page, 1, 'exclude_op_names')).toHaveValue('conv1');
  await expect(card(page, 1)).toContainText('selects 19 modules');

  await choosePlanAction(page, 'Rename');
  await page.getByRole('textbox', { name: 'Name of the plan' }).fill('Half typed');
  await page.reload();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Half typed');
});

test('a text that is typed in the JSON editor right before the page is closed is kept, be it broken or not', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await openJson(page);
  await pasteJsonText(page, list);
  await page.reload();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  await openJson(page);
  await pasteJsonText(page, '[{"op_types": ["Linear"');
  await page.reload();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  await openJson(page);
  await expect(textState(page)).toBeVisible();
});

test('a link is not lost when the plan that is open cannot be stored', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await renamePlan(page, 'Mine');
  await choosePlanAction(page, 'Share as a link or a file');
  const field = page.getByRole('textbox', { name: 'Link to the plan' });
  await expect(field).toHaveValue(/#plan=1\./);
  const { hash } = new URL(await field.inputValue());
  await page.keyboard.press('Escape');
  await renamePlan(page, 'Changed since');
  await settled(page);
  await fillStorage(page, true);
  await page.getByRole('textbox', { name: /^sparse_ratio/ }).fill('0.6');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved.' })).toBeVisible();
  await page.evaluate((link) => (location.hash = link), hash);
  await expect(page.getByRole('alert').filter({ hasText: 'This browser could not store the plan, so it stays open' })).toBeVisible();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Changed since');
  expect(new URL(page.url()).hash).toBe(hash);

  await fillStorage(page, false);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Mine');
  await openPlans(page);
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Changed since/ })).toBeVisible();
});

test('a full disk while another plan is renamed, duplicated or brought back: said, and nothing is lost', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await renamePlan(page, 'First');
  await choosePlanAction(page, 'New plan for this model');
  await renamePlan(page, 'Second');
  await settled(page);
  const plans = await openPlans(page);
  const act = async (action: string) => {
    await plans.getByRole('button', { name: 'Actions of First' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  const said = plans.getByText('Nothing was changed. The storage of this browser is full.');
  await fillStorage(page, true);
  await act('Rename');
  await plans.getByRole('textbox', { name: 'Name of First' }).fill('Other');
  await page.keyboard.press('Enter');
  await expect(said).toBeVisible();
  await expect(plans.getByRole('button', { name: /^First/ })).toBeVisible();
  await act('Duplicate');
  await expect(said).toBeVisible();
  await act('Delete');
  const undo = plans.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(plans.getByRole('alert')).toContainText('First could not be brought back.');
  await fillStorage(page, false);
  await undo.click();
  await expect(plans.getByRole('alert')).toHaveCount(0);
  await plans.getByRole('button', { name: /^First/ }).click();
  await expect(card(page, 1)).toContainText('selects 20 modules');
});
