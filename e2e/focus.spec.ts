import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openApp, openSample } from './fixtures/app.ts';
import { choosePlanAction, planButton } from './fixtures/plans.ts';
import { importList } from './fixtures/sub-configs-pane.ts';
import { holdBack } from './fixtures/late-parts.ts';

const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';

test('a dialog gives the focus back, however it is closed', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const importing = page.getByRole('button', { name: 'Import', exact: true });
  await importList(page, list);
  await expect(importing).toBeFocused();
  await importing.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(importing).toBeFocused();

  const exporting = page.getByRole('button', { name: 'Export', exact: true });
  await exporting.click();
  await page.getByRole('button', { name: 'Save or share the plan' }).click();
  await expect(page.getByRole('textbox', { name: 'Link to the plan' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(exporting).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type('keyboard shortcuts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(exporting).toBeFocused();

  // Without a field, Tab goes to the first control of the content: Close is the last thing to do.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type('about espalier');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'About Espalier' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'NNI’s own pages on compression' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(exporting).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type('take the tour');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Tour, step 1/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(exporting).toBeFocused();
});

test('renaming the plan ends at its button; Tab leaves a menu', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  for (const key of ['Enter', 'Escape']) {
    await choosePlanAction(page, 'Rename');
    await expect(page.getByRole('textbox', { name: 'Name of the plan' })).toBeFocused();
    await page.keyboard.press(key);
    await expect(planButton(page)).toBeFocused();
  }
  await planButton(page).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Pruning' })).toBeFocused();
});

test('a menu whose items are still being fetched takes the focus when they are there', async ({ page }) => {
  const release = await holdBack(page, '**/assets/HeaderMenus-*.js');
  await openApp(page);
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter');
  await expect(page.getByRole('menu', { name: 'More' })).toBeVisible();
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  release();
  await expect(page.getByRole('menuitem', { name: 'Command palette' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More', exact: true })).toBeFocused();
});

test('a card that comes late leaves the focus in the field that the user went to', async ({ page }) => {
  const release = await holdBack(page, '**/assets/document-actions-*.js');
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const search = page.getByRole('searchbox', { name: 'Search modules' });
  await search.click();
  await search.pressSequentially('layer');
  release();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toBeVisible();
  await search.pressSequentially('4');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('layer4');
  // One that is asked for now takes it.
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Empty/ }).click();
  await expect(search).not.toBeFocused();
});

test('who opens a model by the keyboard goes on at its heading', async ({ page }) => {
  await openApp(page);
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Compression of resnet18' })).toBeFocused();
});

test('everything in the header is in sight in a window of 640 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 700 });
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  for (const name of ['Import', 'Export', 'Share', 'Command palette', 'More']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  for (const name of ['resnet18', 'Untitled plan']) {
    const shown = page.getByRole('banner').getByText(name, { exact: true });
    await expect(shown).toBeInViewport({ ratio: 1 });
    expect(await shown.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
});

test('panes keep their share of a window that is sized; one that was sized by hand keeps its width', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  await openSample(page, 'ResNet-18');
  const width = async (name: string) => Math.round((await page.getByRole('region', { name, exact: true }).boundingBox())!.width);
  expect(await width('Model')).toBe(640);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => width('Model')).toBe(497);
  expect(await width('Sub-configs')).toBeGreaterThan(500);
  await page.getByRole('separator', { name: 'Width of the model pane' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => width('Model')).toBe(481);
  await page.setViewportSize({ width: 1600, height: 900 });
  await expect.poll(() => width('Details')).toBe(464);
  expect(await width('Model')).toBe(481);
});

/** By how many pixels the outline of the focused element is cut, by a box that scrolls or by the window; null where it is whole. */
const cutOutline = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { outlineStyle, outlineOffset, outlineWidth } = getComputedStyle(element);
    // Fields of patterns draw theirs around the box.
    if (outlineStyle === 'none') return null;
    const beyond = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth);
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const cuts = [-left, -top, right - innerWidth, bottom - innerHeight];
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const box = around.getBoundingClientRect();
      const [start, head] = [box.left + around.clientLeft, box.top + around.clientTop];
      cuts.push(start - left, head - top, right - start - around.clientWidth, bottom - head - around.clientHeight);
    }
    const cut = Math.max(...cuts) + beyond;
    return cut > 0.6 ? `${element.getAttribute('aria-label') ?? element.textContent}: ${cut}` : null;
  });

test('the outline of what has the focus is whole everywhere', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(
    page,
    '[{"op_types": ["Conv2d"], "exclude_op_names_re": [".*downsample"], "sparse_ratio": 0.5, "granularity": "out_channel"}, {"op_names": ["fc"], "sparse_ratio": 0.8}]',
  );
  await moduleRow(page, 'conv1').click();
  const cuts = new Set<string>();
  for (let presses = 0; presses < 110; presses++) {
    await page.keyboard.press('Tab');
    const cut = await cutOutline(page);
    if (cut !== null) cuts.add(cut);
  }
  expect([...cuts]).toEqual([]);
});
