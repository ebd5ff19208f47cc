import type { PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import { importLegacy, type ImportChange } from '../config/legacy.ts';
import type { JsonError } from '../config/json-reader.ts';
import { findExcess, pageListLimits, type ListExcess } from '../config/list-limits.ts';
import type { Mode } from '../config/mode.ts';
import { getKey, isConfigList, isConfigObject, type ConfigList, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { fail, succeed, type Result } from '../result.ts';
import { placeInText } from '../text/line-and-column.ts';
import { readListText } from '../script/read-list-text.ts';
import type { Hole, Misfit, ScriptCall, ScriptList, ScriptOptions } from '../script/read-script.ts';
import { algorithmOfCall } from './import-algorithm.ts';
import { readPlan, type PlanFileError } from './plan-file.ts';
import type { Origin, Plan } from './plan.ts';

/** A list that a text holds, to choose one of several. */
export interface FoundList {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly subConfigs: number;
  /** The mode of the class that takes the list in the script; `null` when no class takes it. */
  readonly mode: Mode | null;
  /** Expressions that decide whether the script makes this list. */
  readonly conditions: readonly string[];
}

/** The content of an imported text. */
export type ImportedText =
  | {
      readonly type: 'list';
      /** `null` until every hole is filled in. */
      readonly list: readonly ConfigObject[] | null;
      readonly changes: readonly ImportChange[];
      readonly format: 'json' | 'yaml' | 'text' | 'python';
      /** The lists of Python source in its order; empty for JSON and YAML. */
      readonly found: readonly FoundList[];
      /** Which of `found` this is. */
      readonly choice: number;
      /** The values that the script does not decide. */
      readonly holes: readonly Hole[];
      /** The text that the lines of a script count; empty for JSON and YAML. */
      readonly source: string;
      /** For each sub-config where the script writes it; empty for JSON and YAML. */
      readonly origins: readonly Origin[];
      /** The call of a pruner, quantizer or distiller that the script hands the list to. */
      readonly call: ScriptCall | null;
      /** The class of that call with its arguments, where it is one of NNI 3.0. */
      readonly planned: PlannedAlgorithm | null;
      readonly remarks: readonly ImportRemark[];
    }
  | { readonly type: 'plan'; readonly plan: Plan };

/** Something to say of how a script was read. */
export type ImportRemark =
  /** Classes were read as their names: NNI wants the names. */
  | { readonly type: 'classes'; readonly classes: readonly string[] }
  | { readonly type: 'assumed'; readonly sentence: string }
  /** Python would stop here with an exception. */
  | { readonly type: 'raises'; readonly line: number; readonly error: string }
  /** The class is of another mode than the one that the list is imported for. */
  | { readonly type: 'other-mode'; readonly mode: Mode; readonly className: string }
  /** A value was given for something that the script does not leave open. */
  | { readonly type: 'unmet'; readonly key: string };

export type ImportError =
  | { readonly type: 'not-json'; readonly error: JsonError }
  | { readonly type: 'no-list'; readonly beginning: string }
  | { readonly type: 'empty-list'; readonly name: string; readonly line: number | null }
  | { readonly type: 'bad-value'; readonly key: string; readonly value: string }
  | { readonly type: 'too-large'; readonly line: number }
  /** Python would not read the source from here on. */
  | { readonly type: 'python-syntax'; readonly line: number; readonly column: number }
  | { readonly type: 'misfit'; readonly misfit: Misfit; readonly line: number }
  | { readonly type: 'past-limit'; readonly excess: ListExcess }
  | { readonly type: 'bad-plan'; readonly error: PlanFileError }
  /** Neither a list nor a plan; `found` names its kind. */
  | { readonly type: 'not-a-list'; readonly found: string }
  | { readonly type: 'item-not-a-dict'; readonly index: number; readonly found: string }
  | { readonly type: 'is-module-tree' }
  | { readonly type: 'legacy-failed'; readonly subConfig: number; readonly key: string; readonly message: string };

export interface ImportOptions extends ScriptOptions {
  /** Which of several lists is taken; the one for the mode when left out. */
  readonly choice?: number | null;
}

/**
 * Reads a config list or a plan from text (rules E1, E5, E6, L1–L5): one sub-config alone counts as a list of one, and a list
 * of NNI 2.x is translated with a record of the changes.
 */
export function readImport(text: string, mode: Mode, options: ImportOptions = {}): Result<ImportedText, ImportError> {
  const read = readListText(text, options);
  if (!read.ok) return read;
  if (read.value.type === 'script') return ofScript(read.value.script, mode, options.choice ?? null);
  const { format, value } = read.value;
  if (isConfigObject(value)) {
    const kind = getKey(value, 'format');
    if (kind === 'compression-plan') {
      const plan = readPlan(text);
      return plan.ok ? succeed({ type: 'plan', plan: plan.value }) : fail({ type: 'bad-plan', error: plan.error });
    }
    if (kind === 'module-tree') return fail({ type: 'is-module-tree' });
  }
  const list = isConfigObject(value) ? [value] : value;
  if (!isConfigList(list)) return fail({ type: 'not-a-list', found: kindOf(value) });
  if (list.length === 0) return fail({ type: 'empty-list', name: '', line: null });
  const odd = list.findIndex((item) => !isConfigObject(item));
  if (odd >= 0) return fail({ type: 'item-not-a-dict', index: odd, found: kindOf(list[odd]!) });
  return translated(list, mode, { format, source: '', found: [], choice: 0, holes: [], origins: [], call: null, planned: null, remarks: [] });
}

function ofScript(
  { source, lists, assumed, raised, unmet }: { readonly source: string; readonly lists: readonly ScriptList[] } & ScriptNotes,
  mode: Mode,
  asked: number | null,
): Result<ImportedText, ImportError> {
  const choice = asked !== null && asked < lists.length ? asked : choiceFor(lists, mode);
  const chosen = lists[choice]!;
  const { name, line, holes, misfits, call, lines, classes } = chosen;
  const broken = holes.find(({ root }) => root.reason === 'syntax');
  if (broken) return fail({ type: 'python-syntax', ...placeInText(source, broken.root.from) });
  const endless = holes.find(({ root }) => root.reason === 'too-large');
  if (endless) return fail({ type: 'too-large', line: placeInText(source, endless.root.from).line });
  const [misfit] = misfits;
  if (misfit) return fail({ type: 'misfit', misfit, line: lines[Number(misfit.path[0])] ?? line });
  if (chosen.list.length === 0 && holes.length === 0) return fail({ type: 'empty-list', name, line });
  const remarks: ImportRemark[] = [
    ...(call && chosen.mode !== null && chosen.mode !== mode ? [{ type: 'other-mode', mode: chosen.mode, className: call.className } as const] : []),
    ...(classes.length > 0 ? [{ type: 'classes', classes } as const] : []),
    ...assumed.map((sentence) => ({ type: 'assumed', sentence }) as const),
    ...raised.map((stop) => ({ type: 'raises', ...stop }) as const),
    ...unmet.map((key) => ({ type: 'unmet', key }) as const),
  ];
  const notes = {
    format: 'python',
    source,
    found: lists.map((list) => ({ name: list.name, line: list.line, subConfigs: list.list.length, mode: list.mode, conditions: list.conditions })),
    choice,
    holes,
    origins: lines.map((place) => ({ list: name, line: place, call: call?.className ?? null })),
    call,
    planned: call && algorithmOfCall(call),
    remarks,
  } as const;
  if (holes.length > 0) return succeed({ type: 'list', list: null, changes: [], ...notes });
  return translated(chosen.list, mode, notes);
}

interface ScriptNotes {
  readonly assumed: readonly string[];
  readonly raised: readonly { readonly line: number; readonly error: string }[];
  readonly unmet: readonly string[];
}

type ChoiceFacts = Pick<ScriptList, 'mode' | 'list' | 'holes' | 'isReplaced'>;

/** The list for the mode: one whose class is of it, else the first whose class is unknown and whose name is not given to another list, else the first. */
export function choiceFor(lists: readonly ChoiceFacts[], mode: Mode): number {
  const isFilled = ({ list, holes }: ChoiceFacts) => list.length + holes.length > 0;
  const tests: readonly ((list: ChoiceFacts) => boolean)[] = [
    (list) => list.mode === mode && isFilled(list),
    (list) => list.mode === null && isFilled(list) && list.isReplaced !== true,
    (list) => list.mode === null && isFilled(list),
    isFilled,
  ];
  for (const test of tests) {
    const found = lists.findIndex(test);
    if (found >= 0) return found;
  }
  return 0;
}

/** The facts shown about the source of an imported list. */
type SourceNotes = Omit<ImportedText & { type: 'list' }, 'type' | 'list' | 'changes'>;

function translated(list: ConfigList, mode: Mode, notes: SourceNotes): Result<ImportedText, ImportError> {
  const excess = findExcess(list, pageListLimits);
  if (excess) return fail({ type: 'past-limit', excess });
  const legacy = importLegacy(list, mode);
  if (!legacy.ok) {
    const { subConfig, key, error } = legacy.error;
    return fail({ type: 'legacy-failed', subConfig, key, message: `${error.type}: ${error.message}` });
  }
  const imported = legacy.value ?? { list, changes: [] };
  return succeed({ type: 'list', list: imported.list.filter(isConfigObject), changes: imported.changes, ...notes });
}

/** The type of a value, in words of JSON. */
function kindOf(value: ConfigValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'string') return 'a string';
  if (isConfigList(value)) return 'a list';
  return isConfigObject(value) ? 'an object' : 'a number';
}
