import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { moduleRow, openApp, openSample } from './fixtures/app.ts';
import { subConfigsPane } from './fixtures/side-pane.ts';
import { card, patternField } from './fixtures/sub-configs-pane.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

function step(page: Page, number: number, title: string) {
  return page.getByRole('dialog', { name: `Tour, step ${number} of 6: ${title}` });
}

async function runCommand(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill(text);
  await page.keyboard.press('Enter');
}

const titles = ['The model', 'A pattern', 'A setting', 'The result', 'The verdict', 'Export'];

test('plays on an example: a pattern types itself, rows light up, and it can be paused', async ({ page }) => {
  await openApp(page);
  await page.getByRole('region', { name: 'Tour' }).getByRole('button', { name: 'Take the tour' }).click();
  await expect(step(page, 1, 'The model')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(patternField(page, 1)).toHaveValue('layer[34].*conv');
  await expect(moduleRow(page, 'layer3.0.conv1')).toHaveAccessibleName(/matches the pattern/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeFocused();
  await expectAccessible(page, (axe) => axe.include('[role=dialog]'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(card(page, 1)).toBeVisible();
});

test.describe('where motion is not wanted', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('it is stepped through by keyboard, and is not offered again', async ({ page }) => {
    await openApp(page);
    await page.getByRole('region', { name: 'Tour' }).getByRole('button', { name: 'Take the tour' }).click();
    for (const [at, title] of titles.entries()) {
      await expect(step(page, at + 1, title)).toBeVisible();
      if (title === 'The result') {
        await expect(page.getByRole('region', { name: 'Resolved settings' })).toContainText('layer3.0.conv1');
      }
      await expect(step(page, at + 1, title).getByRole('button', { name: /Next|Done/ })).toBeFocused();
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(subConfigsPane(page).getByText('selects 3 modules')).toBeVisible();
    await expect(page.getByText('Ready: NNI accepts this list')).toBeVisible();
    await runCommand(page, 'close the plan');
    await expect(page.getByRole('heading', { level: 1, name: /See what an NNI config does/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
  });

  test('a plan that is open comes back as it was, also when the tour is left early', async ({ page }) => {
    await openSample(page, 'BERT base');
    await page.getByRole('button', { name: /^All Linear layers|^Prune all Linear/ }).first().click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Take the tour' }).click();
    await expect(step(page, 1, 'The model')).toBeVisible();
    await page.keyboard.press('Enter');
    await step(page, 2, 'A pattern').getByRole('button', { name: 'Back' }).click();
    await expect(step(page, 1, 'The model')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^bert_base|^BERT/ }).first()).toBeVisible();
    await expect(page.getByRole('tab', { name: /^Pruning/ })).toHaveText('Pruning1');
    await expect(card(page, 1)).toContainText('Linear');
  });

  test('finds its way on a narrow page', async ({ page }) => {
    await page.setViewportSize({ width: 700, height: 700 });
    await openSample(page, 'ResNet-18');
    await runCommand(page, 'tour');
    for (const [at, title] of titles.entries()) {
      const bubble = step(page, at + 1, title);
      await expect(bubble).toBeInViewport({ ratio: 1 });
      await bubble.getByRole('button', { name: /Next|Done/ }).click();
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test('can be declined for good', async ({ page }) => {
  await openApp(page);
  await page.getByRole('button', { name: 'No, thanks' }).click();
  await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Samples' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
});
