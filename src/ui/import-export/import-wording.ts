import { writeAlgorithm } from '../../core/algorithms/algorithm.ts';
import type { PlannedAlgorithm } from '../../core/algorithms/planned-algorithm.ts';
import { writeCompactJson } from '../../core/config/json-writer.ts';
import { modes, type Mode } from '../../core/config/mode.ts';
import { wordExcess, type ListExcess } from '../../core/config/list-limits.ts';
import { settingKeys } from '../../core/config/setting-keys.ts';
import type { ConfigObject } from '../../core/config/value.ts';
import type { ImportChange } from '../../core/config/legacy.ts';
import type { FoundList, ImportError, ImportRemark } from '../../core/plan/import-list.ts';
import type { Origin } from '../../core/plan/plan.ts';
import { wordPlanError } from '../plans/plan-error-wording.ts';
import { wordTextKind } from '../../core/script/text-forms/text-kinds.ts';
import type { Hole, Misfit, RootReason, ScriptCall } from '../../core/script/read-script.ts';
import { groupBy } from '../../core/text/group-by.ts';
import { formatQuantity } from '../shared/format.ts';

/** The fault of an imported text, its place, and the next step. */
export function wordImportError(error: ImportError): string {
  switch (error.type) {
    case 'not-json': {
      const { message, remedy, line, column } = error.error;
      return `Line ${line}, column ${column}: ${message} ${remedy}`;
    }
    case 'no-list':
      return `No config list found in this text. ${wordTextKind(error.beginning) ?? `It begins “${error.beginning}”.`} Paste JSON, YAML, or the Python source that makes the list.`;
    case 'empty-list':
      return `${error.name === '' ? 'The list' : error.name}${error.line === null ? '' : ` (line ${error.line})`} is empty, so there is nothing to import.`;
    case 'bad-value':
      return `${error.value === '' ? 'An empty text' : error.value} is not a Python literal. Write ${error.key} as Python would: 0.5, 'text', ['a', 'b'], True.`;
    case 'too-large':
      return `Line ${error.line}: the script takes more work than Espalier does. Paste the list that it makes.`;
    case 'python-syntax':
      return `Line ${error.line}, column ${error.column}: Python would stop here. A bracket, a comma or a quote is missing, or one is too many.`;
    case 'misfit':
      return `Line ${error.line}: ${misfitWords[error.misfit.kind](error.misfit.found)}`;
    case 'past-limit':
      return wordLimit(error.excess);
    case 'bad-plan':
      return wordPlanError(error.error);
    case 'not-a-list':
      return `This is ${error.found}, not a config list. A config list starts with [ and holds one {…} a sub-config.`;
    case 'item-not-a-dict':
      return `Entry ${error.index + 1} of the list is ${error.found}. Each entry must be an object {…}.`;
    case 'is-module-tree':
      return 'This is a module tree, not a config list. Open it as a model instead.';
    case 'legacy-failed':
      return `NNI 3.0 cannot translate this NNI 2.x list: sub-config ${error.subConfig + 1}, ${error.key}: ${error.message}.`;
  }
}

function wordLimit(excess: ListExcess): string {
  const { title, remedy } = wordExcess(excess);
  return `${title} ${remedy}`;
}

const misfitWords: Readonly<Record<Misfit['kind'], (found: string) => string>> = {
  set: () => 'a set is where NNI expects a list. Write [ … ] in place of { … }.',
  key: (found) => `a key is of type ${found}. The keys of a sub-config are strings.`,
  object: (found) => `the list holds a value of type ${found}. A config list holds text, numbers, lists and dicts.`,
  number: () => 'a value is not a number (nan).',
  'too-deep': () => 'the list is nested too deep.',
  item: (found) => `an item of the list is of type ${found}. Each sub-config is a dict.`,
};

const reasonWords: Readonly<Record<RootReason, string>> = {
  name: 'Nothing in the script sets it.',
  call: 'Its code is not in the script.',
  part: 'The script does not set it.',
  model: 'It depends on the model. Open the model first, or write the value.',
  'not-in-model': 'The open model does not contain it.',
  import: 'Whether this package is installed is not known. Write True or False.',
  'set-order': 'Python orders the items of a set differently in every run.',
  unsupported: 'Espalier does not work out this kind of expression.',
  raises: 'Python would raise an exception here.',
  'too-large': 'It takes too much work.',
  syntax: 'Python would stop here: a bracket, a comma or a quote is missing or too many.',
};

/** Why a value has to be filled in, and its place in the script. */
export function wordHole({ root }: Hole, line: number): string {
  return `Line ${line}. ${reasonWords[root.reason]}${root.suggestion === null ? '' : ` The argument parser's default is ${root.suggestion}.`}`;
}

/** One of several lists of a script, as an option. */
export function wordFoundList({ name, line, subConfigs, mode, conditions }: FoundList): string {
  const parts = [
    `${name === '' ? 'list' : name}, line ${line}: ${formatQuantity(subConfigs, 'sub-config')}`,
    ...(mode === null ? [] : [mode]),
    ...(conditions.length === 0 ? [] : [`depends on ${conditions.join(' and ')}`]),
  ];
  return parts.join(' · ');
}

/** Something to say of how a script was read. */
export function wordRemark(remark: ImportRemark): string {
  switch (remark.type) {
    case 'classes':
      return `${remark.classes.join(', ')}: written as text, because NNI expects the name of the class.`;
    case 'assumed':
      return remark.sentence;
    case 'raises':
      return `Line ${remark.line}: Python would stop here (${remark.error}).`;
    case 'other-mode':
      return `The script gives this list to ${remark.className}, which is for ${remark.mode}. If that is intended, switch to ${remark.mode} first.`;
    case 'unmet':
      return `${remark.key} has a value in the script, so the value given for it is not used.`;
  }
}

const mostLines = 6;

/** The place of the list in the script, and the call that takes it; `null` for a list that does not come from a script. */
export function wordOrigins(origins: readonly Origin[], call: ScriptCall | null): string | null {
  const [first] = origins;
  if (first === undefined) return null;
  const lines = [...new Set(origins.map(({ line }) => line).filter((line) => line !== null))];
  const places = lines.length === 0 ? '' : `, ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, mostLines).join(', ')}${lines.length > mostLines ? ' …' : ''}`;
  const taken = call === null ? '' : `; ${call.className} takes it on line ${call.line}`;
  return `From ${first.list === '' ? 'the list' : first.list}${places}${taken}.`;
}

/** The effect of the import on a list with `on` sub-configs that are on and `off` that are off. */
export function wordConsequence(count: number, mode: Mode, replacing: boolean, { on, off }: ListCounts): string {
  const imported = formatQuantity(count, 'sub-config');
  if (on + off === 0) return `${imported} found. Adds ${count === 1 ? 'it' : 'them'} to the empty ${mode} list.`;
  if (!replacing) return `Adds ${imported} after the ${on + off} that the ${mode} list has. Nothing is replaced.`;
  const stay = off === 0 ? '' : ` ${off} that ${off === 1 ? 'is' : 'are'} off ${off === 1 ? 'stays' : 'stay'}.`;
  return on === 0
    ? `Adds ${imported} to the ${mode} list.${stay}`
    : `Replaces the ${on === 1 ? 'sub-config' : formatQuantity(on, 'sub-config')} of the ${mode} list with ${imported}.${stay}`;
}

/** How many sub-configs of a list are on and off. */
export interface ListCounts {
  readonly on: number;
  readonly off: number;
}

/** Keys that another mode has and this one lacks, which hint at a list for that mode. */
export function wordForeignKeys(list: readonly ConfigObject[], mode: Mode): string | null {
  const keys = new Set(list.flatMap(({ entries }) => entries.map(([key]) => key)));
  const own = new Set(settingKeys[mode].map(({ key }) => key));
  for (const other of modes) {
    const foreign = settingKeys[other].find(({ key }) => keys.has(key) && !own.has(key));
    if (foreign) return `${foreign.key} is a key of ${other}. If the list is for ${other}, choose that mode first.`;
  }
  return null;
}

/** The largest file whose text is taken into the dialog, in bytes. */
const largestFile = 20_000_000;

/** Why a file is not taken as a list or plan, or `null`. */
export function wordUnfitFile({ name, size }: { readonly name: string; readonly size: number }): string | null {
  if (/\.(?:pt|pth|bin|safetensors|onnx|gz|zip)$/i.test(name)) {
    return `${name} is no text. If it is a model, close this and open it as a model.`;
  }
  if (size > largestFile) return `${name} is too large for a list. If it is a model, close this and open it as a model.`;
  return null;
}

/** The changes that the translation of an NNI 2.x list made, each with all sub-configs in which it was made. */
export function wordImportChanges(changes: readonly ImportChange[]): readonly string[] {
  const places = groupBy(changes, wordImportChange);
  return [...places].map(([change, alike]) => `${wordSubConfigs(alike.map(({ subConfig }) => subConfig + 1))}: ${change}`);
}

function wordImportChange(change: ImportChange): string {
  switch (change.type) {
    case 'partial-names':
      return 'op_partial_names became op_names_re.';
    case 'excludes':
      return 'only excluded modules. These are now excluded in every sub-config, and nothing is selected here.';
    case 'pruning-keys':
      return 'the sparsity keys became target_names and target_settings of weight and bias.';
    case 'global-group':
      return `total_sparsity became the global group ${change.id}. NNI’s own translation writes group_id, which it then refuses.`;
    case 'quantization-keys':
      return 'quant_types and quant_bits became target_names and target_settings.';
    case 'respelled':
      return `quant_types and quant_bits are read as they were meant: ${change.slips.join(', ')}.`;
    case 'quant-dtype-added':
      return `quant_dtype ${change.quantDtype} was added, which NNI 3.0 demands at top level.`;
  }
}

/** `Sub-config 2`, `Sub-configs 1 to 3, 5`. */
function wordSubConfigs(numbers: readonly number[]): string {
  if (numbers.length === 1) return `Sub-config ${numbers[0]}`;
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return `Sub-configs ${runs.map(({ first, last }) => (first === last ? String(first) : `${first}${last === first + 1 ? ',' : ' to'} ${last}`)).join(', ')}`;
}

/** `It will run with AGPPruner(TaylorPruner), interval_steps 10, as in the script.` */
export function wordPlanned({ algorithm, call }: PlannedAlgorithm): string {
  const given = call.entries.map(([key, value]) => `${key} ${writeCompactJson(value)}`);
  return `It will run with ${[writeAlgorithm(algorithm), ...given].join(', ')}, as in the script.`;
}
