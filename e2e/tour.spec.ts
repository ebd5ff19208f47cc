import { expect, test, type Page } from '@playwright/test';
import { openApp, openSample } from './fixtures/app.ts';
import { subConfigsPane } from './fixtures/side-pane.ts';

function step(page: Page, number: number, title: string) {
  return page.getByRole('dialog', { name: `Tour, step ${number} of 5: ${title}` });
}

async function runCommand(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill(text);
  await page.keyboard.press('Enter');
}

const titles = ['The model', 'Sub-configs', 'What comes of it', 'Problems', 'Export'];

test('is offered on a first visit, shows an example in five steps, and is not offered again', async ({ page }) => {
  await openApp(page);
  await page.getByRole('region', { name: 'Tour' }).getByRole('button', { name: 'Take the tour' }).click();
  for (const [at, title] of titles.entries()) {
    await expect(step(page, at + 1, title)).toBeVisible();
    if (title === 'What comes of it') {
      await expect(page.getByRole('region', { name: 'Resolved settings' })).toContainText('layer1.0.conv1');
    }
    await expect(step(page, at + 1, title).getByRole('button', { name: /Next|Done/ })).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(subConfigsPane(page).getByText('selects 4 modules')).toBeVisible();
  await runCommand(page, 'close the plan');
  await expect(page.getByRole('heading', { level: 1, name: /See what an NNI config does/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
});

test('can be declined for good', async ({ page }) => {
  await openApp(page);
  await page.getByRole('button', { name: 'No, thanks' }).click();
  await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Samples' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tour' })).toHaveCount(0);
});

test('on a model that is open it changes nothing, ends with Escape, and goes back a step', async ({ page }) => {
  await openSample(page, 'BERT base');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Take the tour' }).click();
  await expect(step(page, 1, 'The model')).toBeVisible();
  await page.keyboard.press('Enter');
  await step(page, 2, 'Sub-configs').getByRole('button', { name: 'Back' }).click();
  await expect(step(page, 1, 'The model')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await expect(page.getByRole('tab', { name: /^Pruning/ })).toHaveText('Pruning');
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
