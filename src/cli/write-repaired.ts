import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isConfigList, isConfigObject, type ConfigValue } from '../core/config/value.ts';
import { applyPlanEdit } from '../core/plan/plan-edits.ts';
import { rewriteListFile, rewritePlanFile, type RewriteFileError } from '../core/plan/rewrite-file.ts';
import { UnusableInput } from './command-line.ts';
import { takesStdin } from './inputs.ts';
import type { LoadedList } from './list-setting.ts';
import { readRevision, writeAtomically, type Revision } from './write-atomically.ts';

/** A file as it was when it was opened. */
export interface OpenedFile {
  readonly file: string;
  readonly revision: string;
  readonly text: string;
}

const without = 'Without --write the list is printed';

/** Reads a file that will be written. Throws `UnusableInput` for one that cannot be: a pipe, a file of another kind, other text than UTF-8. */
export async function openForWriting(file: string): Promise<OpenedFile> {
  const found = await stat(file).catch(() => null);
  if (takesStdin(file) || (found !== null && !found.isFile())) throw new UnusableInput(`--write needs a file to write to, and ${file} is none. ${without}.`);
  const read = await readRevision(file).catch(reject(`The config list ${file} cannot be read`));
  if (read === null) throw new UnusableInput(`The config list ${file} cannot be read: there is no such file.`);
  return { file, revision: read.revision, text: textOf(read, file) };
}

function textOf({ bytes }: Revision, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnusableInput(`--write is for text in UTF-8, and ${file} is not. ${without}.`);
  }
}

/** Puts the repaired list in the place of the old one, as *Save* of the page does (rule E7). Throws `UnusableInput` where it cannot. */
export async function writeRepaired(opened: OpenedFile, list: ConfigValue, loaded: LoadedList, given: ReadonlyMap<string, string>): Promise<void> {
  const { file, revision } = opened;
  const text = rewritten(opened, list, loaded, given);
  const written = await writeAtomically(file, Buffer.from(text, 'utf8'), revision).catch(reject(`${file} cannot be written`));
  if (written.type === 'changed') throw new UnusableInput(`${file} was changed by another program in the meantime, so nothing was written. Run the command again.`);
}

function rewritten({ file, text }: OpenedFile, list: ConfigValue, { plan, setting: { mode, tree } }: LoadedList, given: ReadonlyMap<string, string>): string {
  const after = isConfigList(list) ? list.filter(isConfigObject) : [];
  if (!isConfigList(list) || after.length < list.length) throw new UnusableInput(`--write needs a list of sub-configs, and the list of ${file} holds other values. ${without}.`);
  if (plan) return rewritePlanFile(text, applyPlanEdit(plan, { type: 'replace-list', mode, list: after }));
  const result = rewriteListFile(text, after, { mode, tree, given, fileName: basename(file) });
  if (result.ok) return result.value;
  throw new UnusableInput(`${wordRewriteError(result.error, file)} ${without}.`);
}

function wordRewriteError(error: RewriteFileError, file: string): string {
  switch (error.type) {
    case 'made-in-steps':
      return `${file} makes ${error.name === '' ? 'its list' : error.name} (line ${error.line}) in steps, as in a loop: the new list cannot be put in its place.`;
    case 'empty-list':
      return `No sub-config would be left in ${error.name === '' ? 'the list' : error.name} of ${file} (line ${error.line}), and nothing else there shows that it is a config list.`;
    case 'read-only-form':
      return `--write is for JSON, Python scripts and plans, and ${file} is none of them.`;
  }
}

/** Rejects with the reason as a message of the command line. */
function reject(what: string): (error: unknown) => never {
  return (error) => {
    throw new UnusableInput(`${what}: ${error instanceof Error ? error.message : String(error)}.`);
  };
}
