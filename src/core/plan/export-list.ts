import type { SubConfig } from '../plan/plan.ts';
import { orderKeys } from '../config/key-order.ts';
import type { Mode } from '../config/mode.ts';
import { writeJson } from '../config/json-writer.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { listNames, registerLines } from '../config/python-script.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { getKey, type ConfigObject } from '../config/value.ts';

/** The list as a file holds it (rule E8): the enabled sub-configs in order, with keys in the order of the specification. */
export function orderedList(subConfigs: readonly SubConfig[], mode: Mode): readonly ConfigObject[] {
  return exportedList(subConfigs).map((config) => orderKeys(config, mode));
}

/** The sub-configs of a list that NNI gets: the enabled ones, in order. */
export function exportedList(subConfigs: readonly SubConfig[]): readonly ConfigObject[] {
  return subConfigs.filter(({ enabled }) => enabled).map(({ config }) => config);
}

/**
 * The text of a JSON file that Python reads into the list. Numbers stay as written: a float is a float (rule E1),
 * and an int where NNI wants a float is for a finding to report, not for the export to change.
 */
export function writeExportJson(list: readonly ConfigObject[]): string {
  return `${writeJson(list)}\n`;
}

/** Whether the list has `fuse_names`, whose tuples JSON cannot hold (rule E2). */
export function needsTuples(list: readonly ConfigObject[]): boolean {
  return list.some((config) => getKey(config, 'fuse_names') !== undefined);
}

/** The line that makes tuples of the lists in `fuse_names`, as NNI wants them (rule E2). */
export function tuplesLine(mode: Mode): string {
  return `for c in ${listNames[mode]}: c.update({k: [tuple(n) for n in v] for k, v in c.items() if k == 'fuse_names'})`;
}

/**
 * The Python lines that load an exported file into the variable that the script of the mode uses: templates first, as NNI refuses
 * the list without them (rule C1), and the line for tuples where it is needed.
 */
export function writeLoadingLines(list: readonly ConfigObject[], mode: Mode, fileName: string, templates: readonly SettingTemplate[] = []): string {
  const register = registerLines(templates);
  const lines = [
    'import json',
    ...(register.length === 0 ? [] : ['', ...register]),
    '',
    `with open(${pythonStringRepr(fileName)}, encoding='utf-8') as file:`,
    `    ${listNames[mode]} = json.load(file)`,
    ...(needsTuples(list) ? [tuplesLine(mode)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
