import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { addCondition, card, cardTitle, nameField, patternField } from './fixtures/sub-configs-pane.ts';

const panel = (page: Page) => page.getByRole('dialog', { name: /^(A sub-config for|Add|Exclude) [0-9,]+ module/ });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true });
const exact = (page: Page) => panel(page).getByRole('region', { name: /^Exactly/ }).getByRole('button');
const broader = (page: Page) => panel(page).getByRole('region', { name: /^Broader/ }).getByRole('button');

/** Chooses the matches of a search. */
async function chooseHits(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search modules' }).fill(text);
  await page.getByRole('button', { name: 'Choose all' }).click();
}

async function makeSubConfig(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a sub-config', exact: true }).click();
}

test.describe('selectors from chosen modules', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
  });

  test('proposals are looked at in the tree and taken by one key, in one undo step', async ({ page }) => {
    await chooseHits(page, '0.bn2');
    await makeSubConfig(page);
    await expect(exact(page).first()).toBeFocused();
    await expect(exact(page).first()).toContainText('.*\\.0\\.bn2$');
    await expect(exact(page).first()).toContainText('4 exact');
    await expect(exact(page).last()).toContainText('op_names');
    await expect(broader(page).first()).toContainText(/Also takes layer/);
    await page.getByRole('searchbox', { name: 'Search modules' }).evaluate((field: HTMLInputElement) => field.blur());
    await broader(page).first().hover();
    await expect(moduleRow(page, 'layer1.0.bn2')).toHaveAccessibleName(/matches the pattern/);
    await exact(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(panel(page)).toBeHidden();
    await expect(patternField(page, 1)).toHaveValue('.*\\.0\\.bn2$');
    await expect(patternField(page, 1)).toBeFocused();
    await expect(card(page, 1)).toContainText(/selects 4/i);
    await undo(page).click();
    await expect(card(page, 1)).toHaveCount(0);
  });

  test('Escape leaves everything as it was and gives the focus back', async ({ page }) => {
    await moduleRow(page, 'fc').click();
    await makeSubConfig(page);
    await expect(exact(page).first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(page.getByRole('button', { name: 'Make a sub-config', exact: true })).toBeFocused();
    await expect(card(page, 1)).toHaveCount(0);
  });

  test('modules are added to a sub-config and excluded from it', async ({ page }) => {
    await chooseHits(page, 'layer1.0.conv');
    await makeSubConfig(page);
    await exact(page).first().click();
    await expect(card(page, 1)).toContainText(/selects 2/i);
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('');
    await moduleRow(page, 'fc').click();
    await page.getByRole('button', { name: 'Add to …' }).click();
    await expect(panel(page)).toHaveAccessibleName('Add 1 module');
    await expect(exact(page).first()).toContainText('3 exact');
    await exact(page).filter({ hasText: /op_names\s*fc/ }).first().click();
    await expect(card(page, 1)).toContainText(/selects 3/i);
    await expect(nameField(page, 1)).toHaveValue('fc');
    await expect(undo(page)).toHaveAttribute('title', /Add 1 module to #1/);

    await page.getByRole('button', { name: 'Add to …' }).click();
    await expect(panel(page)).toContainText('This sub-config selects it already.');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Exclude from …' }).click();
    await exact(page).filter({ hasText: 'exclude_op_names' }).first().click();
    await expect(card(page, 1)).toContainText(/selects 2/i);
    await expect(undo(page)).toHaveAttribute('title', /Exclude 1 module from #1/);
    await undo(page).click();
    await expect(card(page, 1)).toContainText(/selects 3/i);
  });

  test('of several sub-configs one is picked first', async ({ page }) => {
    await moduleRow(page, 'fc').click();
    for (const number of [1, 2]) {
      await makeSubConfig(page);
      await exact(page).first().click();
      await expect(card(page, number)).toBeVisible();
    }
    await moduleRow(page, 'conv1').click();
    await page.getByRole('button', { name: 'Add to …' }).click();
    await panel(page).getByRole('button', { name: 'Sub-config 2' }).click();
    await exact(page).first().click();
    await expect(card(page, 2)).toContainText(/selects 2/i);
    await expect(card(page, 1)).toContainText(/selects 1/i);
  });

  test('rows are dragged onto a selector of a card', async ({ page }) => {
    await moduleRow(page, 'fc').click();
    await makeSubConfig(page);
    await exact(page).filter({ hasText: /^op_names\s*fc/ }).click();
    await moduleRow(page, 'conv1').click();
    await moduleRow(page, 'bn1').click({ modifiers: ['ControlOrMeta'] });
    await moduleRow(page, 'conv1').dragTo(nameField(page, 1));
    await expect(nameField(page, 2)).toHaveValue('conv1');
    await expect(nameField(page, 3)).toHaveValue('bn1');
    await expect(undo(page)).toHaveAttribute('title', /Drop 2 modules on op_names of #1/);
    await addCondition(page, 'op_names_re');
    await patternField(page, 1).fill('bn');
    await moduleRow(page, 'relu').dragTo(patternField(page, 1));
    await expect(panel(page)).toHaveAccessibleName('Add 1 module');
  });

  test('S3: a module of another type than a card lists is offered, not written to select nothing', async ({ page }) => {
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    await expect(card(page, 1)).toContainText('selects 20 modules');
    // The modules of the card are no longer shown, and the last row is in sight.
    await page.mouse.move(2, 2);
    await expect(moduleRow(page, 'layer1.0.conv1')).toHaveCount(0);
    await moduleRow(page, 'fc').dragTo(cardTitle(page, 1));
    await expect(panel(page)).toHaveAccessibleName('Add 1 module');
    await expect(card(page, 1)).toContainText('selects 20 modules');
    await exact(page).first().click();
    await expect(card(page, 1)).toContainText('selects 21 modules');
    await moduleRow(page, 'conv1').dragTo(cardTitle(page, 1));
    await expect(panel(page)).toBeHidden();
  });
});

test('thousands of modules of 75,396: the proposals come while the page answers', async ({ page }) => {
  test.setTimeout(120_000);
  await openSample(page, 'DeepSeek-V3');
  await chooseHits(page, 'gate_proj');
  await expect(page.getByText('14,909 modules chosen')).toBeVisible();
  await makeSubConfig(page);
  await expect(exact(page).first()).toContainText('.*gate_proj$');
  await exact(page).first().click();
  await expect(card(page, 1)).toContainText(/selects 14,909/i);
});

test.describe('a pattern explains itself', () => {
  const about = (page: Page) => page.getByRole('dialog', { name: 'About pattern 1 of op_names_re, sub-config 1' });

  test('by keyboard while it is typed: parts, what is nearly hit, which blocks are left out', async ({ page }) => {
    await openSample(page, 'BERT base');
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('query');
    await page.getByRole('button', { name: 'Choose all' }).click();
    await makeSubConfig(page);
    await exact(page).first().click();
    await patternField(page, 1).fill('bert\\.encoder\\.layer\\.[0-9]\\.attention\\.self\\.query');
    await page.keyboard.press('Alt+F1');
    await expect(about(page).getByRole('group', { name: 'Matches 10 modules' })).toBeVisible();
    await expect(about(page)).toContainText('one of 0 to 9');
    await expect(about(page)).toContainText('Matches 10 of 12 blocks bert.encoder.layer.0–11: none in 10, 11');
    await expect(about(page).getByRole('group', { name: 'Near misses' })).toContainText('bert.encoder.layer.10.attention.self.query');
    await expect(patternField(page, 1)).toBeFocused();
    await patternField(page, 1).press('End');
    await page.keyboard.type('(');
    await expect(about(page)).toContainText('re.error: missing ), unterminated subpattern');
    await page.keyboard.press('Backspace');
    await expect(about(page)).toContainText('Matches 10 of 12 blocks');
    await page.keyboard.press('Escape');
    await expect(about(page)).toBeHidden();
    await expect(patternField(page, 1)).toBeFocused();
  });

  test('by its button and on hover; a name in it shows the module', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await chooseHits(page, '0.conv1');
    await makeSubConfig(page);
    await exact(page).first().click();
    // A pattern that has the focus is not explained on hover: the focus comes to it first, and then goes on.
    await expect(patternField(page, 1)).toBeFocused();
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('');
    await patternField(page, 1).hover();
    const tip = page.getByRole('tooltip', { name: 'About pattern 1 of op_names_re, sub-config 1' });
    await expect(tip).toContainText('Matches 4 modules');
    await page.mouse.move(5, 5);
    await expect(tip).toBeHidden();
    const button = page.getByRole('button', { name: 'About pattern 1 of op_names_re, sub-config 1' });
    await button.click();
    await expect(about(page)).toBeVisible();
    await about(page).getByRole('button', { name: 'layer1.0.conv1', exact: true }).click();
    await expect(moduleRow(page, 'layer1.0.conv1')).toHaveAttribute('aria-selected', 'true');
    await button.click();
    await expect(about(page)).toBeHidden();
    await button.click();
    await expect(about(page)).toBeVisible();
  });
});
