import { settingKeyNames } from '../../core/config/config-schema.ts';
import { modes, type Mode } from '../../core/config/mode.ts';
import { getKey, isConfigObject, type ConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { readImport, type ImportedText } from '../../core/plan/import-list.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { fail, succeed, type Result } from '../../core/result.ts';
import type { FileFault } from '../../store/file-link-store.ts';

/** The content of a file: the list of a mode, or a plan. */
export type FileContent =
  | { readonly type: 'list'; readonly mode: Mode; readonly list: readonly ConfigObject[]; readonly choice: number | null }
  | { readonly type: 'plan'; readonly plan: Plan };

export interface ContentOptions {
  /** The mode of the list; `null`: the file decides. */
  readonly mode: Mode | null;
  readonly choice: number | null;
  readonly given: ReadonlyMap<string, string>;
  readonly tree: ModuleTree | null;
}

/** Reads the content of a file. An empty file, or an empty list, is an empty list. */
export function readContent(written: string, { mode, choice, given, tree }: ContentOptions): Result<FileContent, FileFault> {
  const text = written.replace(/^\uFEFF/, '');
  const fallback = mode ?? 'pruning';
  if (text.trim() === '') return succeed({ type: 'list', mode: fallback, list: [], choice: null });
  const options = { given, tree, choice };
  let read = readImport(text, fallback, options);
  if (mode === null && read.ok && read.value.type === 'list') {
    const decided = modeOf(read.value);
    if (decided !== fallback) read = readImport(text, decided, options);
    if (read.ok && read.value.type === 'list') return contentOf(read.value, decided);
  }
  if (read.ok) return read.value.type === 'plan' ? succeed(read.value) : contentOf(read.value, fallback);
  if (read.error.type === 'empty-list') return succeed({ type: 'list', mode: fallback, list: [], choice });
  return fail({ type: 'import', error: read.error });
}

function contentOf(imported: ImportedText & { readonly type: 'list' }, mode: Mode): Result<FileContent, FileFault> {
  const { list, holes, choice, format } = imported;
  if (list) return succeed({ type: 'list', mode, list, choice: format === 'python' ? choice : null });
  return fail({ type: 'undecided', keys: holes.map(({ root }) => root.key), suggestion: holes[0]?.root.suggestion ?? '0.5' });
}

/** Keys that hint at a mode: keys that no other mode has, a key of NNI 2.x, and the one that a plain distillation list sets. */
const keysOfOneMode: Readonly<Record<Mode, readonly string[]>> = {
  pruning: ownKeys('pruning'),
  quantization: [...ownKeys('quantization'), 'quant_bits'],
  distillation: [...ownKeys('distillation'), 'apply_method'],
};

function ownKeys(mode: Mode): readonly string[] {
  const others = new Set(modes.filter((other) => other !== mode).flatMap((other) => settingKeyNames(other)));
  return settingKeyNames(mode).filter((key) => !others.has(key));
}

/** The mode of a class in the script, else the mode of the first setting that only one mode has, else pruning. */
function modeOf({ list, found, choice }: ImportedText & { readonly type: 'list' }): Mode {
  const called = found[choice]?.mode ?? found.find((other) => other.mode !== null)?.mode;
  return called ?? modes.find((mode) => keysOfOneMode[mode].some((key) => (list ?? []).some((config) => hasKey(config, key)))) ?? 'pruning';
}

function hasKey(config: ConfigObject, key: string): boolean {
  const settings: ConfigValue | undefined = getKey(config, 'target_settings');
  const targets = isConfigObject(settings) ? settings.entries.map(([, value]) => value) : [];
  return [config, ...targets].some((part) => isConfigObject(part) && getKey(part, key) !== undefined);
}
