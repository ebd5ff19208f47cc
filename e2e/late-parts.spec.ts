import { expect, test, type Locator, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { lateParts, partName } from './fixtures/late-parts.ts';
import { planButton, renamePlan, settled } from './fixtures/plans.ts';
import { card, importList } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';

/**
 * Late parts that the tests of this file do not abort by themselves. Named here, so that a new part of the build is not overlooked.
 * Some of them are aborted in stopped-part.spec.ts, not-fetched.spec.ts and not-saved.spec.ts.
 */
const notCovered = new Set(
  'HeaderMenus PasteForm TreeStatus draft-previews FileBanner ModelChangeDialog OpenDialog OpenProblem OverlapDialog OverviewPanel Palette PatternDescriptionView PlanBanner PresetsDialog ProposalPanel PythonText PythonView RowMenu RowWhy SaveButton SearchProblemLine SelectionBar Splitter StartPlans TeacherView TreeRecipe UseSearch answer-flow bind-json-editor character-names compare-resolutions describe-pattern document-actions engine file-link fusion-proposals jsonMode later-parts list-actions match-span model-change module-run new-version open-plans-too pack-plan page plan-actions plan-file preview-at-once preview-groups propose read-list-text repair-list share speedup-view start-tour survey-links tooltip-layer'.split(' '),
);

interface Step {
  readonly part: string;
  readonly act: (page: Page) => Promise<unknown>;
  /** What the page shows once the part is there. */
  readonly shown: (page: Page) => Locator;
}

const dialog = (page: Page): Locator => page.getByRole('dialog');
const resolved = (page: Page): Locator => card(page, 1).filter({ hasText: 'selects 20 modules' });
const message = (page: Page): Locator => page.getByRole('alert').filter({ hasText: 'could not be fetched' });

async function run(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill(title);
  await page.getByRole('option', { name: title }).first().click();
}

const inPalette = (part: string, title: string, shown = dialog): Step => ({ part, act: (page) => run(page, title), shown });
const inTab = (part: string, name: string, shown: (page: Page) => Locator): Step => ({ part, act: (page) => page.getByRole('tab', { name }).click(), shown });

/** Parts of the engine that it also fetches when it is idle come first: they are missing from the start. */
const ofEngine: readonly Step[] = [
  inTab('overview', 'Overview', (page) => page.getByRole('tabpanel').getByRole('region').or(page.getByRole('tabpanel').getByRole('table')).first()),
  inPalette('offer-presets', 'Add sub-configs from a preset', (page) => dialog(page).getByRole('button', { name: /^Add/ }).first()),
];

const ofPage: readonly Step[] = [
  inPalette('OpenModelDialog', 'Open a model'),
  inPalette('ImportDialog', 'Import a config list'),
  inPalette('ShareDialog', 'Share the plan as a link'),
  inPalette('CompareDialog', 'Compare plans'),
  inPalette('AssertionsDialog', 'Assertions:'),
  inPalette('TemplatesDialog', 'Setting templates'),
  inPalette('ShortcutsDialog', 'Keyboard shortcuts'),
  inPalette('PlansDialog', 'All plans of this browser'),
  inPalette('AboutDialog', 'About Espalier'),
  inPalette('GroupsDialog', 'Set dependency groups'),
  inPalette('ExportDialog', 'Export the list'),
  { part: 'AlgorithmDialog', act: (page) => page.getByRole('group', { name: 'Algorithm' }).getByRole('button').first().click(), shown: dialog },
  inTab('FlowPanel', 'Flow', (page) => page.getByRole('tabpanel').getByText(/module/).first()),
  inPalette('Tour', 'Take the tour'),
];

const atStart = ['SubConfigsPane', 'EditorSidePane', 'ProblemsBar', 'PlanButton', 'OpenBanner', 'FilterChips', 'ModelChanged', 'SourceLacks'];

/** Aborts every request of the parts that are `missing`, and notes which. */
async function abortParts(page: Page, names: readonly string[]) {
  const missing = new Set(names);
  const aborted = new Set<string>();
  await page.route('**/assets/*.js', (route) => {
    const part = partName(route.request().url().split('/').at(-1)!);
    if (!missing.has(part)) return route.continue();
    aborted.add(part);
    return route.abort();
  });
  return { missing, aborted };
}

async function openKept(page: Page): Promise<void> {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await renamePlan(page, 'Kept');
  await settled(page);
}

/** The page answers: a row that is clicked is chosen. */
async function expectAnswer(page: Page): Promise<void> {
  await moduleRow(page, 'bn1').click();
  await expect(moduleRow(page, 'bn1')).toHaveAttribute('aria-selected', 'true');
}

test('without a part that the start fetches: told, the tree answers, nothing is lost, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  const { missing } = await abortParts(page, []);
  for (const part of atStart) {
    await test.step(part, async () => {
      missing.add(part);
      await page.reload();
      await expect(message(page)).toBeVisible();
      await expectAnswer(page);
      missing.clear();
      await message(page).getByRole('button', { name: 'Try again' }).click();
      await expect(message(page)).toHaveCount(0);
      await expect(resolved(page)).toBeVisible();
      await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
    });
  }
});

test('without a part that an action asks for: told, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  const { missing, aborted } = await abortParts(page, ofEngine.map(({ part }) => part));
  await page.reload();
  await expect(resolved(page)).toBeVisible();
  for (const { part, act, shown } of [...ofEngine, ...ofPage]) {
    await test.step(part, async () => {
      missing.add(part);
      await act(page);
      await expect(message(page)).toBeVisible();
      expect([...aborted]).toContain(part);
      missing.delete(part);
      await message(page).getByRole('button', { name: 'Try again' }).click();
      await expect(shown(page)).toBeVisible();
      await expect(message(page)).toHaveCount(0);
      for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Escape');
    });
  }
  await page.reload();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
  await expect(resolved(page)).toBeVisible();
});

test('without the part that counts multiply-adds: told, the switch goes back, and it comes when pressed again', async ({ page }) => {
  const { missing, aborted } = await abortParts(page, ['module-costs']);
  await openSample(page, 'ResNet-18');
  const shown = page.getByRole('checkbox', { name: 'Multiply-adds' });
  await shown.click();
  await expect(message(page)).toContainText('Multiply-adds did not work');
  await expect(shown).not.toBeChecked();
  expect([...aborted]).toEqual(['module-costs']);
  missing.clear();
  await shown.click();
  await expect(page.getByRole('button', { name: 'Sort siblings by multiply-adds' })).toBeVisible();
  await expect(message(page)).toHaveCount(0);
});

test('each late part of the build is aborted here, or named as not covered', () => {
  const known = new Set([...atStart, 'module-costs', ...[...ofEngine, ...ofPage].map(({ part }) => part)]);
  expect(lateParts().map(partName).filter((part) => !known.has(part) && !notCovered.has(part))).toEqual([]);
});
