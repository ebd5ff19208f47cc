import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { emptyObject, isConfigList, isConfigObject, type ConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { writeTree } from '../../core/module-tree/write-tree.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import { applyPlanEdit } from '../../core/plan/plan-edits.ts';
import { writeCompactPlan } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { findLoadedCharacter, loadCharacterNames } from '../../core/python-re/unicode/load-character-names.ts';
import { fillReport } from '../../report/report-data.ts';
import type { Streams } from '../answer-lines.ts';
import { UnusableInput, type Command } from '../command-line.ts';
import { loadListOrPlan } from '../list-inputs.ts';
import { printable } from '../printable.ts';
import type { Setting } from '../resolve-report.ts';

/** The empty report is next to the built command line. */
const reportFile = fileURLToPath(new URL('../report/report.html', import.meta.url));

/** Writes the report of a list or a plan. Returns the exit code; NNI's verdict on the list does not change it. */
export async function writeReport(
  { options, file, output }: Extract<Command, { readonly type: 'report' }>,
  given: Setting,
  { print, complain, version }: Streams,
): Promise<number> {
  const checked = await loadListOrPlan(file, { ...given, set: options.set, noLimits: options.noLimits, complain });
  const own = checked.type === 'plan' ? checked.plan : planOf(checked.list, given, file);
  const { mode, algorithm } = given;
  const plan = algorithm === null ? own : applyPlanEdit(own, { type: 'set-algorithm', mode, planned: { algorithm, call: given.call ?? emptyObject } });
  const empty = await readFile(reportFile, 'utf8').catch(() => {
    throw new UnusableInput('The built report is missing: run npm run build.');
  });
  const html = fillReport(empty, {
    tree: pack(given.tree),
    teacher: given.teacher && pack(given.teacher),
    plan: writeCompactPlan({ ...plan, templates: [...plan.templates, ...given.templates], tree: null, teacher: null }),
    mode: given.mode,
    characters: await charactersOf(writeCompactPlan(plan)),
    file: basename(file),
    version,
  });
  if (output === null) await print(html);
  else {
    await writeFile(output, html).catch((error: unknown) => {
      throw new UnusableInput(`The report ${output} cannot be written: ${reasonNotWritten(error)}.`);
    });
    await print(printable(`${output}: the report of ${file} on ${given.tree.model}. It opens in any browser, without a connection.`));
  }
  return 0;
}

function reasonNotWritten(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'its folder does not exist';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'you are not allowed to write there';
  return error instanceof Error ? error.message : String(error);
}

function planOf(list: ConfigValue, { mode, python }: Setting, file: string): Plan {
  const configs: readonly ConfigObject[] = isConfigList(list) ? list.filter(isConfigObject) : isConfigObject(list) ? [list] : [];
  if (!isConfigList(list) || configs.length !== list.length) throw new UnusableInput(`${file} is no list of sub-configs: there is nothing to show. espalier check reports NNI's error.`);
  return applyPlanEdit({ ...createPlan(basename(file)), python }, { type: 'replace-list', mode, list: configs });
}

function pack(tree: ModuleTree): string {
  return gzipSync(writeTree(tree)).toString('base64');
}

/** The characters that patterns name as `\N{…}`. */
async function charactersOf(plan: string): Promise<Readonly<Record<string, number>>> {
  const names = new Set([...plan.matchAll(/\\\\N\{([^}"]*)\}/g)].map(([, name]) => name!.toUpperCase()));
  if (names.size === 0) return {};
  await loadCharacterNames();
  return Object.fromEntries([...names].flatMap((name) => {
    const code = findLoadedCharacter(name);
    return code === null ? [] : [[name, code] as const];
  }));
}
