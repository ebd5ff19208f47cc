import { expect, test, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readJsonValue } from '../src/core/config/json-reader.ts';
import { writeCompactJson } from '../src/core/config/json-writer.ts';
import { setAt } from '../src/core/config/list-edits.ts';
import { modes, type Mode } from '../src/core/config/mode.ts';
import { alignKeys, commonKeys, settingKeys } from '../src/core/config/setting-keys.ts';
import type { ConfigValue, KeyPath } from '../src/core/config/value.ts';
import { hasPython } from '../src/core/testing/run-python.ts';
import { openSample } from './fixtures/app.ts';
import { alignRows, commonRows, settingRows, type KeyRow } from './fixtures/key-rows.ts';
import { openJson, pasteJsonText, readJsonText } from './fixtures/side-pane.ts';
import { addCondition, addSetting, chooseMode } from './fixtures/sub-configs-pane.ts';

const tabs = { pruning: 'Pruning', quantization: 'Quantization', distillation: 'Distillation' } as const;

/** One key at one place of a sub-config: `base` is the list without it. */
interface Cycle {
  readonly base: string;
  readonly path: KeyPath;
  readonly row: KeyRow | undefined;
  readonly set: (page: Page, row: KeyRow) => Promise<void>;
  readonly label: string;
}

test.describe('every key of the catalogue: form → text → form, and undo', () => {
  test.describe.configure({ timeout: 240_000 });

  for (const mode of modes) {
    test(`V2–V5: ${mode}, at the top of a sub-config`, async ({ page }) => {
      await openMode(page, mode);
      for (const { key } of settingKeys[mode]) {
        const row = settingRows[mode][key];
        const set = async (_: Page, made: KeyRow) => {
          await addSetting(page, key);
          await made.set(page, `${key}, sub-config 1`);
        };
        const cycle = { base: '[{"op_types": ["Conv2d"]}]', path: [0, key], row, set, label: `${key}, sub-config 1` };
        await test.step(key, () => goThrough(page, cycle));
      }
    });

    test(`C4: ${mode}, in target_settings`, async ({ page }) => {
      await openMode(page, mode);
      const target = mode === 'distillation' ? '_output_' : 'weight';
      const base = `[{"op_types": ["Conv2d"], "target_settings": {"${target}": {}}}]`;
      for (const { key, topLevelOnly } of settingKeys[mode]) {
        if (topLevelOnly === true) continue;
        const label = `${key} of ${target}, sub-config 1`;
        const set = async (_: Page, made: KeyRow) => {
          await addSetting(page, key, `${target} of sub-config 1`);
          await made.set(page, label);
        };
        const path = [0, 'target_settings', target, key];
        await test.step(key, () => writeAndRead(page, { base, path, row: settingRows[mode][key], set, label }));
      }
    });
  }

  test('S1–S4, C5: the keys of every mode', async ({ page }) => {
    await openMode(page, 'pruning');
    for (const { key } of commonKeys) {
      const base = key === 'op_types' ? '[{"sparse_ratio": 0.5}]' : '[{"op_types": ["Conv2d"]}]';
      const set = async (_: Page, made: KeyRow) => {
        if (!key.startsWith('target')) await addCondition(page, key);
        await made.set(page, key);
      };
      await test.step(key, () => goThrough(page, { base, path: [0, key], row: commonRows[key], set, label: key }));
    }
  });

  test('V3: the keys inside align', async ({ page }) => {
    await openMode(page, 'pruning');
    const base = '[{"op_types": ["BatchNorm2d"], "align": {}}]';
    for (const { key } of alignKeys) {
      const label = 'align, sub-config 1';
      const set = (_: Page, made: KeyRow) => made.set(page, label);
      await test.step(key, () => goThrough(page, { base, path: [0, 'align', key], row: alignRows[key], set, label }));
    }
  });
});

for (const mode of modes) {
  test(`E1, E2: the exported script of ${mode} with every key parses to an equal list`, async ({ page }) => {
    await openMode(page, mode);
    const rows = [
      ...settingKeys[mode].map(({ key }) => [key, settingRows[mode][key]?.json ?? 'null'] as const),
      ...commonKeys.filter(({ key }) => key !== 'op_names').map(({ key }) => [key, commonRows[key]?.json ?? 'null'] as const),
    ];
    const settings = rows.map(([key, json]) => `"${key}": ${json}`).join(', ');
    const list = `[{"op_names": ["conv1"], "label’s \\"ü\\\\": [1e400, -0.0, 1.50, null, true], ${settings}}]`;
    await pasteJsonText(page, list);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('tab', { name: 'Python' }).click();
    await page.getByRole('button', { name: 'Download Python' }).click();
    const script = readFileSync(await (await download).path(), 'utf8');
    expect(script).toContain(`${mode}_config_list = [`);
    if (hasPython) expect(pythonReadsAlike([[script, list]])).toEqual([true]);
  });
}

async function openMode(page: Page, mode: Mode): Promise<void> {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, tabs[mode]);
  await openJson(page);
}

/** Form → text → form: the key is set as a person does and stands in the text; another value in the text stands in the form. */
async function writeAndRead(page: Page, { base, path, row, set, label }: Cycle): Promise<{ readonly written: string }> {
  if (!row) throw new Error(`The table of keys has no row for ${path.join('.')}.`);
  const listWith = (json: string): string => {
    const list = setAt(valueOf(base), path, valueOf(json));
    if (list === undefined) throw new Error(`${path.join('.')} leads nowhere.`);
    return writeCompactJson(list);
  };
  const written = listWith(row.json);
  await pasteJsonText(page, base);
  await expectText(page, compact(base));
  await set(page, row);
  await expectText(page, written);
  await pasteJsonText(page, listWith(row.edited));
  await row.shows(page, label);
  return { written };
}

/** Form → text → form → undo. */
async function goThrough(page: Page, cycle: Cycle): Promise<void> {
  const base = compact(cycle.base);
  const undo = page.getByRole('button', { name: /^Undo/ });
  const { written } = await writeAndRead(page, cycle);
  await undo.click();
  await expectText(page, written);
  // Adding a setting and typing its value in good time are one step, else two.
  await undo.click();
  for (let more = 0; more < 2 && compact(await readJsonText(page)) !== base; more++) await undo.click();
  await expectText(page, base);
}

async function expectText(page: Page, expected: string): Promise<void> {
  await expect.poll(async () => compact(await readJsonText(page)), { intervals: [30, 60, 120, 240] }).toBe(expected);
}

function valueOf(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(`${read.error.message} ${text}`);
  return read.value;
}

/** Without spaces, numbers as they were written. */
function compact(text: string): string {
  const read = readJsonValue(text);
  return read.ok ? writeCompactJson(read.value) : text;
}

const program = `
import ast, json, sys

def lists(source):
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and node.targets[0].id.endswith('config_list'):
            yield ast.literal_eval(node.value)

for source, text in json.load(sys.stdin):
    # Both as JSON, which tells 1 from 1.0 and 0.0 from -0.0, and takes a tuple for a list.
    # The export orders keys as the specification does, so the order does not count.
    print(json.dumps([list(lists(source))], sort_keys=True) == json.dumps([[json.loads(text)]], sort_keys=True))
`;

/** For each script and JSON text: whether Python reads an equal list from both. */
function pythonReadsAlike(pairs: readonly (readonly [script: string, json: string])[]): readonly boolean[] {
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(pairs), encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim().split('\n').map((line) => line === 'True');
}
