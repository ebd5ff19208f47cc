import { readPlan, type PlanFileError } from '../plan/plan-file.ts';
import type { Plan } from '../plan/plan.ts';
import { fail, succeed, type Result } from '../result.ts';
import { readJson, type JsonError } from './json-reader.ts';
import { importLegacy, type ImportChange } from './legacy.ts';
import type { Mode } from './mode.ts';
import { readPython, type PythonPlace, type UnreadAssignment } from './python-reader.ts';
import {
  getKey,
  isConfigList,
  isConfigObject,
  type ConfigList,
  type ConfigObject,
  type ConfigValue,
} from './value.ts';

/** What a text that someone imports turned out to be. */
export type ImportedText =
  | {
      readonly type: 'list';
      readonly list: readonly ConfigObject[];
      readonly changes: readonly ImportChange[];
      /** Names of the lists that Python source holds, in its order; empty for JSON. */
      readonly names: readonly string[];
      /** Lines of Python source below the list that change it further, which is not read. */
      readonly changedInLines: readonly number[];
      /** Other lists of Python source that hold more than literals. */
      readonly unread: readonly UnreadAssignment[];
    }
  | { readonly type: 'plan'; readonly plan: Plan };

export type ImportError =
  | { readonly type: 'not-json'; readonly error: JsonError }
  /** Python source whose list holds more than literals, at these places. */
  | { readonly type: 'not-literal'; readonly places: readonly PythonPlace[] }
  | { readonly type: 'bad-plan'; readonly error: PlanFileError }
  /** Neither a list nor a plan; `found` says what it is. */
  | { readonly type: 'not-a-list'; readonly found: string }
  | { readonly type: 'item-not-a-dict'; readonly index: number; readonly found: string }
  | { readonly type: 'is-module-tree' }
  | { readonly type: 'legacy-failed'; readonly subConfig: number; readonly key: string; readonly message: string };

/**
 * Reads a config list or a plan from JSON, or a list from Python source (rules E1, L1–L5): one sub-config alone counts
 * as a list of one, and a list of NNI 2.x is translated with a record of what changed. Of several lists in Python source
 * the one at `choice` is taken.
 */
export function readImport(text: string, mode: Mode, choice = 0): Result<ImportedText, ImportError> {
  const read = readJson(text);
  if (!read.ok) {
    const python = readPythonImport(text, mode, choice);
    // What begins like JSON is more likely meant as JSON: its error says more.
    return python && (python.ok || !/^\s*[[{]/.test(text)) ? python : fail({ type: 'not-json', error: read.error });
  }
  const { value } = read.value;
  if (isConfigObject(value)) {
    const format = getKey(value, 'format');
    if (format === 'compression-plan') {
      const plan = readPlan(text);
      return plan.ok ? succeed({ type: 'plan', plan: plan.value }) : fail({ type: 'bad-plan', error: plan.error });
    }
    if (format === 'module-tree') return fail({ type: 'is-module-tree' });
  }
  const list = isConfigObject(value) ? [value] : value;
  if (!isConfigList(list)) return fail({ type: 'not-a-list', found: kindOf(value) });
  const odd = list.findIndex((item) => !isConfigObject(item));
  if (odd >= 0) return fail({ type: 'item-not-a-dict', index: odd, found: kindOf(list[odd]!) });
  return translated(list, mode, { names: [], changedInLines: [], unread: [] });
}

/** `null` when nothing in the text looks like a list in Python. */
function readPythonImport(text: string, mode: Mode, choice: number): Result<ImportedText, ImportError> | null {
  const read = readPython(text);
  if (!read.ok) {
    if (read.error.type === 'no-list') return null;
    return fail({ type: 'not-literal', places: read.error.unread.flatMap(({ places }) => places) });
  }
  const { lists, unread } = read.value;
  const chosen = lists[choice] ?? lists[0]!;
  return translated(chosen.list, mode, {
    names: lists.map(({ name, line }) => `${name === '' ? 'list' : name}, line ${line}`),
    changedInLines: chosen.changedInLines,
    unread,
  });
}

/** What is told of the source that a list comes from. */
type SourceNotes = Pick<ImportedText & { type: 'list' }, 'names' | 'changedInLines' | 'unread'>;

function translated(list: ConfigList, mode: Mode, notes: SourceNotes): Result<ImportedText, ImportError> {
  const legacy = importLegacy(list, mode);
  if (!legacy.ok) {
    const { subConfig, key, error } = legacy.error;
    return fail({ type: 'legacy-failed', subConfig, key, message: `${error.type}: ${error.message}` });
  }
  const imported = legacy.value ?? { list, changes: [] };
  return succeed({ type: 'list', list: imported.list.filter(isConfigObject), changes: imported.changes, ...notes });
}

/** What a value is, in words of JSON. */
function kindOf(value: ConfigValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'string') return 'a string';
  if (isConfigList(value)) return 'a list';
  return isConfigObject(value) ? 'an object' : 'a number';
}
