import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { abortParts, lateParts, partName, type AbortedParts } from './fixtures/late-parts.ts';
import { choosePlanAction, planButton, renamePlan, settled } from './fixtures/plans.ts';
import { jsonField, openJson, openProblems, pasteJsonText, problemsBar, textState } from './fixtures/side-pane.ts';
import { card, chooseMode, importList, patternField } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';

/** Parts that other tests abort by themselves. */
const elsewhere: Readonly<Record<string, string>> = {
  engine: 'not-fetched.spec.ts',
  'document-actions': 'not-fetched.spec.ts',
  'open-plans-too': 'not-fetched.spec.ts',
  'plan-actions': 'stopped-part.spec.ts',
  'plan-file': 'not-saved.spec.ts',
};

/** Parts that cannot be missing alone, or whose absence changes nothing that can be seen, with the reason. */
const notAlone: Readonly<Record<string, string>> = {
  'fusion-proposals': 'The engine imports it, too: without it the engine itself is missing.',
  'later-parts': 'The engine imports it: without it the engine itself is missing.',
  'new-version': 'The service worker is registered at the same time; without the part a new version is announced at the next visit.',
};

/** Parts without which the page does the same, only less comfortably: nothing is said. */
const conveniences = ['PythonText', 'match-span', 'preview-at-once', 'tooltip-layer'];

/** One late part: the action that needs it, the words of the page without it, and the sign that it is there. */
interface Step {
  readonly part: string;
  readonly act: (page: Page) => Promise<unknown>;
  readonly says: string;
  /** By default *Try again* next to the message. */
  readonly again?: (page: Page) => Promise<unknown>;
  readonly shown: (page: Page) => Locator;
  /** By default Escape closes what is open. */
  readonly after?: (page: Page) => Promise<unknown>;
}

const dialog = (page: Page): Locator => page.getByRole('dialog');
const panel = (page: Page): Locator => page.getByRole('tabpanel');
const resolved = (page: Page): Locator => card(page, 1).filter({ hasText: 'selects 20 modules' });
const message = (page: Page, says = 'could not be fetched'): Locator => page.getByRole('alert').filter({ hasText: says });
const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search modules' });
const stay = async (): Promise<void> => undefined;

async function escape(page: Page): Promise<void> {
  for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Escape');
}

async function run(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill(title);
  await page.getByRole('option', { name: title }).first().click();
}

const openTab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click();
const byKey = (key: string) => (page: Page) => page.keyboard.press(key);
/** A dialog that an action of the palette opens. */
const inPalette = (part: string, title: string): Step => ({ part, act: (page) => run(page, title), says: 'The dialog could not be fetched', shown: dialog });

/** Parts that the start fetches, each with a message and *Try again* after the reload of a plan. */
const ofStart = ['SubConfigsPane', 'EditorSidePane', 'ProblemsBar', 'PlanButton', 'OpenBanner', 'FilterChips', 'TreeStatus', 'Splitter', 'ModelChanged', 'SourceLacks'];

const ofMenus: readonly Step[] = [
  { part: 'HeaderMenus', act: press('More'), says: 'The menu could not be fetched', shown: (page) => page.getByRole('menuitem', { name: /About Espalier/ }) },
  { part: 'OpenDialog', act: byKey('?'), says: 'The dialog could not be fetched', shown: dialog },
  {
    part: 'Palette',
    act: byKey('ControlOrMeta+k'),
    says: 'The dialog could not be fetched',
    // Letters are kept for the palette while it is fetched; the message takes its keys itself.
    again: (page) => message(page, 'The dialog could not be fetched').getByRole('button', { name: 'Try again' }).press('Enter'),
    shown: dialog,
  },
  inPalette('OpenModelDialog', 'Open a model'),
  inPalette('ImportDialog', 'Import a config list'),
  inPalette('CompareDialog', 'Compare plans'),
  inPalette('AssertionsDialog', 'Assertions:'),
  inPalette('TemplatesDialog', 'Setting templates'),
  inPalette('PlansDialog', 'All plans of this browser'),
  inPalette('AboutDialog', 'About Espalier'),
  inPalette('ExportDialog', 'Export the list'),
  {
    part: 'list-actions',
    act: (page) => run(page, 'Copy the list as Python'),
    says: 'Copy the list as Python did not work',
    again: (page) => run(page, 'Copy the list as Python'),
    shown: modelTree,
  },
  {
    part: 'start-tour',
    act: (page) => run(page, 'Take the tour'),
    says: 'Take the tour did not work',
    again: (page) => run(page, 'Take the tour'),
    shown: dialog,
  },
];

/** Dialogs that hold an answer of the engine, whose part can be missing, too. */
const ofDialogs: readonly Step[] = [
  inPalette('ShareDialog', 'Share the plan as a link'),
  {
    part: 'pack-plan',
    act: (page) => run(page, 'Share the plan as a link'),
    says: 'The part that makes links could not be fetched',
    shown: (page) => page.getByRole('textbox', { name: 'Link to the plan' }),
  },
  {
    part: 'import-list',
    act: async (page) => {
      await run(page, 'Import a config list');
      await dialog(page).getByRole('textbox').first().fill(list);
    },
    says: 'The part that reads lists could not be fetched',
    shown: (page) => dialog(page).getByText(/1 sub-config/),
  },
  inPalette('PresetsDialog', 'Add sub-configs from a preset'),
  {
    part: 'offer-presets',
    act: (page) => run(page, 'Add sub-configs from a preset'),
    says: 'The presets could not be fetched',
    shown: (page) => dialog(page).getByRole('button', { name: /^Add/ }),
  },
  inPalette('GroupsDialog', 'Set dependency groups'),
  {
    part: 'preview-groups',
    act: (page) => run(page, 'Set dependency groups'),
    says: 'The search for dependency groups could not be fetched',
    shown: (page) => dialog(page).getByRole('list', { name: 'Sets of modules' }),
  },
  {
    part: 'compare-resolutions',
    act: (page) => run(page, 'Compare plans'),
    says: 'The comparison of pruning could not be fetched',
    shown: (page) => dialog(page).getByRole('list', { name: 'Targets that resolve differently' }),
  },
  {
    part: 'AlgorithmDialog',
    act: (page) => page.getByRole('group', { name: 'Algorithm' }).getByRole('button').first().click(),
    says: 'could not be fetched',
    shown: dialog,
  },
  { part: 'Tour', act: (page) => run(page, 'Take the tour'), says: 'The tour could not be fetched', shown: dialog },
];

const ofTree: readonly Step[] = [
  { part: 'ShortcutsDialog', act: byKey('?'), says: 'The dialog could not be fetched', shown: dialog },
  {
    part: 'SelectionBar',
    act: (page) => moduleRow(page, 'conv1').click(),
    says: 'The bar of the chosen modules could not be fetched',
    shown: (page) => page.getByRole('toolbar', { name: 'Chosen modules' }),
    after: stay,
  },
  { part: 'ProposalPanel', act: press('Make a sub-config'), says: 'The list of proposals could not be fetched', shown: dialog },
  {
    part: 'propose',
    act: press('Make a sub-config'),
    says: 'The search for proposals could not be fetched',
    shown: (page) => dialog(page).getByRole('region', { name: /^Exactly/ }),
  },
  { part: 'RowMenu', act: (page) => moduleRow(page, 'bn1').click({ button: 'right' }), says: 'The menu could not be fetched', shown: (page) => page.getByRole('menu') },
  {
    part: 'RowWhy',
    act: (page) => moduleRow(page, 'conv1').hover(),
    says: 'Why the module is selected or not could not be fetched',
    async again(page) {
      await message(page).getByRole('button', { name: 'Try again' }).click();
      // The button is elsewhere: the row is pointed at once more.
      await moduleRow(page, 'conv1').hover();
    },
    shown: (page) => page.getByRole('tooltip').filter({ hasText: 'conv1' }),
  },
  {
    part: 'UseSearch',
    act: (page) => search(page).fill('conv'),
    says: 'Use as selector could not be fetched',
    shown: (page) => page.getByRole('button', { name: 'Use as selector' }),
    after: stay,
  },
  {
    part: 'SearchProblemLine',
    async act(page) {
      await page.getByRole('combobox', { name: 'Search by' }).selectOption('re.match');
      await search(page).fill('layer[12');
    },
    says: 'The error of the search could not be fetched',
    shown: (page) => page.getByText('unterminated character set'),
    after: stay,
  },
];

/** Plain text is one run of one colour. */
function coloredText(page: Page): Locator {
  return page.locator('.view-line > span').filter({ hasText: 'op_types' }).locator('span').nth(2);
}

const ofSide: readonly Step[] = [
  { part: 'OverviewPanel', act: openTab('Overview'), says: 'Overview could not be fetched', shown: panel, after: openTab('Resolved') },
  {
    part: 'overview',
    act: openTab('Overview'),
    says: 'Overview could not be fetched',
    shown: (page) => panel(page).getByRole('region', { name: 'Overview of the list' }),
    after: openTab('Resolved'),
  },
  {
    part: 'speedup-view',
    act: openTab('Overview'),
    says: 'The model after ModelSpeedup could not be fetched',
    shown: (page) => panel(page).getByRole('region', { name: 'After speedup' }),
    after: openTab('Resolved'),
  },
  {
    part: 'module-run',
    act: (page) => moduleRow(page, 'conv1').click(),
    says: 'How the model runs the module could not be fetched',
    shown: (page) => panel(page).getByRole('list', { name: 'Inputs and outputs' }),
    after: stay,
  },
  { part: 'FlowPanel', act: openTab('Flow'), says: 'Flow could not be fetched', shown: panel, after: openTab('Resolved') },
  {
    part: 'answer-flow',
    act: openTab('Flow'),
    says: 'The data flow could not be fetched',
    shown: (page) => panel(page).getByRole('group', { name: 'Data flow around conv1' }),
    after: stay,
  },
  { part: 'bind-json-editor', act: openTab('JSON'), says: 'The JSON editor could not be fetched', shown: jsonField, after: openTab('Resolved') },
  {
    part: 'jsonMode',
    act: openTab('JSON'),
    says: 'Colours and hints of the text could not be fetched',
    shown: coloredText,
    after: stay,
  },
  {
    part: 'PythonView',
    act: press('Show as Python'),
    says: 'The list as Python could not be fetched',
    shown: (page) => page.getByRole('region', { name: 'Config list as Python' }),
    after: stay,
  },
];

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw new Error(`The page reported: ${error.message}`);
  });
});

async function openKept(page: Page, imported = list): Promise<void> {
  await openSample(page, 'ResNet-18');
  await importList(page, imported);
  await renamePlan(page, 'Kept');
  await settled(page);
}

/** The page answers: a row that is clicked is chosen. */
async function expectAnswer(page: Page): Promise<void> {
  await moduleRow(page, 'bn1').click();
  await expect(moduleRow(page, 'bn1')).toHaveAttribute('aria-selected', 'true');
}

/** Goes through the steps; each part is missing until the page has said so. */
async function walk(page: Page, steps: readonly Step[], { missing, aborted }: AbortedParts): Promise<void> {
  for (const { part, act, says, again, shown, after = escape } of steps) {
    await test.step(part, async () => {
      await act(page);
      await expect(message(page, says)).toBeVisible();
      expect([...aborted]).toContain(part);
      missing.delete(part);
      await (again ? again(page) : message(page, says).getByRole('button', { name: 'Try again' }).click());
      await expect(shown(page).first()).toBeVisible();
      // Where the next part is missing in the same place, its message may stand there now.
      if (!steps.some((other) => other.says === says && missing.has(other.part))) await expect(message(page, says)).toHaveCount(0);
      await after(page);
      await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
    });
  }
}

const partsOf = (steps: readonly Step[]): readonly string[] => steps.map(({ part }) => part);

test('without a part that the start fetches: told, the tree answers, nothing is lost, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  const { missing } = await abortParts(page, ofStart);
  missing.clear();
  for (const part of ofStart) {
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

for (const [subject, steps] of [['the menus', ofMenus], ['a dialog', ofDialogs], ['the tree', ofTree], ['the side panel', ofSide]] as const) {
  test(`without a part of ${subject}: told, the rest stays, and it comes when asked again`, async ({ page }) => {
    await openKept(page);
    if (subject === 'a dialog') {
      await run(page, 'Save this state to compare with');
      await page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' }).fill('0.6');
      await page.keyboard.press('Tab');
      await settled(page);
    }
    const aborting = await abortParts(page, partsOf(steps));
    await page.reload();
    await expect(resolved(page)).toBeVisible();
    await walk(page, steps, aborting);
    await page.reload();
    await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
    await expect(resolved(page)).toBeVisible();
  });
}

test('without the workers of the JSON editor: told, the text is plain, and its colours come when asked again', async ({ page }) => {
  await openKept(page);
  const { missing, aborted } = await abortParts(page, ['json.worker', 'editor.worker']);
  await openJson(page);
  await expect(message(page, 'Colours and hints of the text could not be fetched')).toBeVisible();
  await expect(coloredText(page)).toHaveCount(0);
  expect([...aborted]).toContain('json.worker');
  missing.clear();
  await message(page).getByRole('button', { name: 'Try again' }).click();
  await expect(coloredText(page)).toBeVisible();
  await expect(message(page)).toHaveCount(0);
});

test('without a part of a card: told, the rest stays, and it comes when asked again', async ({ page }) => {
  const pattern = patternField(page, 1);
  await openKept(page, '[{"op_names_re": ["layer1"], "op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const steps: readonly Step[] = [
    {
      part: 'draft-previews',
      act: (shown) => patternField(shown, 1).fill('layer2'),
      says: 'Nothing was changed',
      async again(shown) {
        await patternField(shown, 1).fill('layer2');
        await patternField(shown, 1).press('Tab');
      },
      shown: (shown) => card(shown, 1).filter({ hasText: 'selects 5 modules' }),
      after: stay,
    },
    {
      part: 'describe-pattern',
      act: (shown) => patternField(shown, 1).focus(),
      says: 'Near misses of patterns are not shown',
      again: (shown) => patternField(shown, 1).fill('layer2.'),
      shown: (shown) => card(shown, 1),
      after: stay,
    },
    {
      part: 'PatternDescriptionView',
      act: press('About pattern 1 of op_names_re, sub-config 1'),
      says: 'The explanation of the pattern could not be fetched',
      shown: (shown) => shown.getByRole('dialog').getByText(/^Matches \d+ modules/),
    },
    {
      part: 'character-names',
      act: (shown) => patternField(shown, 1).fill(String.raw`\N{LATIN SMALL LETTER L}ayer2`),
      says: 'The list is not resolved',
      again: (shown) => moduleRow(shown, 'conv1').click(),
      shown: (shown) => card(shown, 1).filter({ hasText: 'selects 5 modules' }),
      after: (shown) => chooseMode(shown, 'Distillation'),
    },
    { part: 'TeacherView', act: press('Show links'), says: 'The links could not be fetched', shown: modelTree, after: stay },
    { part: 'survey-links', act: stay, says: 'The links could not be fetched', shown: (shown) => shown.getByRole('tree', { name: 'Teacher' }), after: stay },
  ];
  const aborting = await abortParts(page, partsOf(steps));
  await page.reload();
  await expect(pattern).toBeVisible();
  await walk(page, steps, aborting);
});

test('without a part that opening a file asks for: told, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  const other = { name: 'fc.json', bytes: Buffer.from('{"": "Net", "conv1": "Linear", "fc": "Linear"}') };
  const steps: readonly Step[] = [
    {
      part: 'PlanBanner',
      act: (shown) => dropFiles(shown, [{ name: 'broken.json', bytes: Buffer.from('{"format": "compression-plan"') }]),
      says: 'The notice about plans could not be fetched',
      shown: (shown) => shown.getByText('broken.json was not opened.'),
      after: press('Dismiss'),
    },
    {
      part: 'OpenProblem',
      act: (shown) => dropFiles(shown, [{ name: 'broken.safetensors', bytes: Buffer.from('no model') }]),
      says: 'Why the model was not opened could not be fetched',
      shown: (shown) => shown.getByRole('alert').filter({ hasText: 'broken.safetensors' }),
      after: stay,
    },
    {
      part: 'OverlapDialog',
      act: (shown) => dropFiles(shown, [other]),
      says: 'The dialog could not be fetched',
      shown: dialog,
      after: stay,
    },
    {
      part: 'model-change',
      act: press(/^Open it instead/),
      says: 'It is not known which matches the plan for resnet18 loses in fc',
      shown: (shown) => shown.getByRole('region', { name: 'Modules that the plan loses' }),
      after: stay,
    },
    { part: 'ModelChangeDialog', act: press('Show names'), says: 'The dialog could not be fetched', shown: dialog },
  ];
  const aborting = await abortParts(page, partsOf(steps));
  await page.reload();
  await expect(resolved(page)).toBeVisible();
  await walk(page, steps, aborting);
});

test('without a part that a file to save to asks for: told, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  const file = { name: 'list.json', mimeType: 'application/json', buffer: Buffer.from(list) };
  const importFile = async (shown: Page) => {
    await press('Import')(shown);
    await dialog(shown).getByLabel('File to import').setInputFiles(file);
    await dialog(shown).getByRole('button', { name: 'Import' }).click();
  };
  const steps: readonly Step[] = [
    { part: 'FileBanner', act: importFile, says: 'The notice about the file could not be fetched', shown: (shown) => message(shown, 'Save does not write to list.json'), after: stay },
    { part: 'file-link', act: stay, says: 'Save does not write to list.json', again: importFile, shown: (shown) => message(shown, 'Save could not be fetched'), after: stay },
    { part: 'SaveButton', act: stay, says: 'Save could not be fetched', shown: (shown) => shown.getByRole('button', { name: 'Save', exact: true }), after: stay },
  ];
  await walk(page, steps, await abortParts(page, partsOf(steps)));
});

test('without the part that fixes all: told, and it comes when pressed again', async ({ page }) => {
  await openKept(page, '[{"op_names": ["conv1"], "sparse_ratio": 1}, {"op_names": ["fc"], "sparse_ratio": 1}]');
  const { missing } = await abortParts(page, ['repair-in-plan']);
  await page.reload();
  await openProblems(page);
  await press('Fix all')(page);
  await expect(page.getByRole('status', { name: 'Fixes' })).toHaveText('Nothing was fixed: a part of this page could not be fetched. Try again.');
  missing.clear();
  await press('Fix all')(page);
  await expect(problemsBar(page)).toContainText('NNI accepts this list');
});

test('without a part of the start page: told, and it comes when asked again', async ({ page }) => {
  await openKept(page);
  await page.getByRole('button', { name: 'Espalier: start page' }).click();
  const { missing, aborted } = await abortParts(page, ['StartPlans', 'StartList', 'TreeRecipe', 'PasteForm']);
  await page.reload();
  const steps = [
    { part: 'StartPlans', says: 'The list of your plans could not be fetched', shown: page.getByRole('region', { name: 'Your plans' }) },
    { part: 'TreeRecipe', says: 'How to export your own model could not be fetched', shown: page.getByText('export_module_tree').first() },
    { part: 'PasteForm', says: 'The field for text could not be fetched', shown: page.getByRole('textbox', { name: /text/i }).first() },
    { part: 'StartList', says: 'Your list could not be fetched', shown: page.getByRole('region', { name: 'Your list' }) },
  ];
  for (const { part, says, shown } of steps) {
    await test.step(part, async () => {
      if (part === 'PasteForm') await press('Paste text')(page);
      if (part === 'StartList') await importList(page, list);
      await expect(message(page, says)).toBeVisible();
      expect([...aborted]).toContain(part);
      missing.delete(part);
      await message(page, says).getByRole('button', { name: 'Try again' }).click();
      await expect(shown).toBeVisible();
      await expect(message(page, says)).toHaveCount(0);
    });
  }
});

test('without the part that reads links: told, the link stays in the address, and a reload opens it', async ({ page }) => {
  await openKept(page);
  await choosePlanAction(page, 'Share as a link or a file');
  const field = page.getByRole('textbox', { name: 'Link to the plan' });
  await expect(field).toHaveValue(/#plan=1\./);
  const link = await field.inputValue();
  const { missing } = await abortParts(page, ['share']);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('The plan of the link was not opened: a part of this page could not be fetched.')).toBeVisible();
  expect(page.url()).toBe(link);
  missing.clear();
  await page.reload();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
});

test('without the part that reads a broken text: told, and a reload has the text', async ({ page }) => {
  await openKept(page);
  await openJson(page);
  await pasteJsonText(page, '[{"op_types": ["Conv2d"');
  await expect(textState(page)).toBeVisible();
  await settled(page);
  const { missing, aborted } = await abortParts(page, ['read-list-text']);
  await page.reload();
  await expect(page.getByText('The part for plans could not be fetched. Check the connection and try again.')).toBeVisible();
  expect([...aborted]).toEqual(['read-list-text']);
  missing.clear();
  await page.reload();
  await expect(resolved(page)).toBeVisible();
  await openJson(page);
  await expect(textState(page)).toBeVisible();
});

test('without the page itself: the note in the HTML says so, and a reload has the plan', async ({ page }) => {
  await openKept(page);
  const { missing } = await abortParts(page, ['page']);
  await page.reload();
  await expect(page.getByRole('note')).toContainText('Espalier has not started');
  await expect(page.getByRole('note')).toContainText('Check the connection');
  missing.clear();
  await page.reload();
  await expect(page.getByRole('note')).toHaveCount(0);
  await expect(resolved(page)).toBeVisible();
});

test('without a convenience the page says nothing and does what it did', async ({ page }) => {
  await openKept(page, '[{"op_names_re": ["layer1"], "op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const { missing, aborted } = await abortParts(page, conveniences);
  await page.reload();
  const undo = page.getByRole('button', { name: 'Command palette' });
  await patternField(page, 1).fill('layer2');
  // The engine lights the rows up, though their matched part is not marked.
  await expect(modelTree(page).getByRole('treeitem', { name: /^layer2,.*matches the pattern/ })).toBeVisible();
  await run(page, 'Export the list');
  await dialog(page).getByRole('tab', { name: 'Python' }).click();
  await expect(dialog(page)).toContainText('config_list = [');
  await escape(page);
  // The browser shows titles itself.
  await expect(undo).toHaveAttribute('title', /Every action/);
  await expect.poll(() => [...aborted].toSorted()).toEqual(conveniences.toSorted());
  await expect(page.getByRole('alert')).toHaveCount(0);
  missing.clear();
  await run(page, 'Export the list');
  await expect(dialog(page).locator('pre span').first()).toBeVisible();
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

test('each late part of the build is aborted by itself', () => {
  const own = readFileSync(new URL('late-parts.spec.ts', import.meta.url), 'utf8');
  for (const [part, file] of Object.entries(elsewhere)) {
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(`/${part}-*.js`);
  }
  const parts = lateParts().map(partName);
  const isCovered = (part: string) => part in elsewhere || part in notAlone || own.includes(`'${part}'`);
  expect(parts.filter((part) => !isCovered(part))).toEqual([]);
  expect([...Object.keys(elsewhere), ...Object.keys(notAlone)].filter((part) => !parts.includes(part))).toEqual([]);
});
