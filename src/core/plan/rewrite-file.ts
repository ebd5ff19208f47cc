import { rewriteJson } from '../config/rewrite-json.ts';
import { readJson } from '../config/json-reader.ts';
import { writeExportJson } from './export-list.ts';
import type { Mode } from '../config/mode.ts';
import { writePythonList } from '../config/python-writer.ts';
import { getKey, isConfigObject, objectOf, type ConfigObject } from '../config/value.ts';
import { fail, succeed, type Result } from '../result.ts';
import { readListText } from '../script/read-list-text.ts';
import { readScript, type ScriptOptions } from '../script/read-script.ts';
import { rewriteScript, type RewriteError } from '../script/rewrite-script.ts';
import { choiceFor } from './import-list.ts';
import { writePlan } from './plan-file.ts';
import type { Plan } from './plan.ts';

/** Why a list cannot be written back into its file. */
export type RewriteFileError =
  | RewriteError
  /** YAML, a quoted reply, a log: Espalier reads them, and writes none. */
  | { readonly type: 'read-only-form' };

export interface RewriteOptions extends ScriptOptions {
  readonly mode: Mode;
  /** Which list of a script is meant; the one for the mode when left out. */
  readonly choice?: number | null;
  /** Decides the form of a file that is still empty. */
  readonly fileName: string;
}

/** The start of some files in UTF-8; it is kept, and is no part of the text. */
const byteOrderMark = '\uFEFF';

/** The text of a file of a config list after the list has become `after`, in the file's own form (rules E1, E2, E7). */
export function rewriteListFile(text: string, after: readonly ConfigObject[], options: RewriteOptions): Result<string, RewriteFileError> {
  if (text.startsWith(byteOrderMark)) {
    const written = rewriteListFile(text.slice(1), after, options);
    return written.ok ? succeed(byteOrderMark + written.value) : written;
  }
  if (text.trim() === '') return succeed(options.fileName.endsWith('.py') ? writePythonList(after) : writeExportJson(after));
  const read = readListText(text, options);
  if (!read.ok) return fail({ type: 'read-only-form' });
  if (read.value.type === 'value') {
    const { format, value } = read.value;
    if (format !== 'json') return fail({ type: 'read-only-form' });
    // One sub-config alone counts as a list of one.
    return succeed(rewriteJson(text, value, isConfigObject(value) && after.length === 1 ? after[0]! : after));
  }
  // Lists of quotes and logs are found in parts of the text only.
  const script = readScript(text, options);
  if (!script.ok) return fail({ type: 'read-only-form' });
  const { lists } = script.value;
  const list = lists[options.choice ?? choiceFor(lists, options.mode)];
  if (!list || list.holes.length + list.misfits.length > 0) return fail({ type: 'read-only-form' });
  return rewriteScript(text, list, after, options);
}

/** The text of a plan file that has become `plan`, in its own form. Trees that it carries, and keys that are not known, stay. */
export function rewritePlanFile(text: string, plan: Plan): string {
  if (text.startsWith(byteOrderMark)) return byteOrderMark + rewritePlanFile(text.slice(1), plan);
  const written = writePlan(plan);
  const before = readJson(text);
  const after = readJson(written);
  if (!before.ok || !after.ok || !isConfigObject(before.value.value) || !isConfigObject(after.value.value)) return written;
  const now = after.value.value;
  const others = before.value.value.entries.filter(([key]) => getKey(now, key) === undefined);
  return rewriteJson(text, before.value.value, objectOf([...now.entries, ...others]));
}
