import { settingKeyNames } from '../../core/config/config-schema.ts';
import { modes, type Mode } from '../../core/config/mode.ts';
import { getKey, isConfigObject, type ConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { ImportedText, ImportError } from '../../core/plan/import-list.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { fail, succeed, type Result } from '../../core/result.ts';
import type { FileFault } from '../../store/file-link-store.ts';
import type { EngineClient } from '../../worker/client.ts';
import type { EngineFailure } from '../../worker/protocol.ts';

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

/** Reads the content of a file in the engine. An empty file, or an empty list, is an empty list. */
export async function readContent(engine: EngineClient, written: string, { mode, choice, given, tree }: ContentOptions): Promise<Result<FileContent, FileFault>> {
  const text = written.replace(/^\uFEFF/, '');
  const fallback = mode ?? 'pruning';
  if (text.trim() === '') return succeed({ type: 'list', mode: fallback, list: [], choice: null });
  const readFor = (wanted: Mode) => engine.call('read-list-file', { text, mode: wanted, choice, given, asksModel: tree !== null });
  const first = await readFor(fallback);
  if (!first.ok) return notAnswered(first.error);
  const read = first.value;
  if (mode === null && read.ok && read.value.type === 'list') {
    const decided = modeOf(read.value);
    const again = decided === fallback ? first : await readFor(decided);
    if (!again.ok) return notAnswered(again.error);
    return settled(again.value, decided, choice);
  }
  return settled(read, fallback, choice);
}

/** The content that was read for a mode; an empty list is one, too. */
function settled(read: Result<ImportedText, ImportError>, mode: Mode, choice: number | null): Result<FileContent, FileFault> {
  if (read.ok) return read.value.type === 'plan' ? succeed(read.value) : contentOf(read.value, mode);
  if (read.error.type === 'empty-list') return succeed({ type: 'list', mode, list: [], choice });
  return fail({ type: 'import', error: read.error });
}

/** The fault where the engine did not read the file. */
function notAnswered(failure: EngineFailure): Result<never, FileFault> {
  const reason = failure.type === 'not-fetched' ? failure.reason : 'the engine stopped';
  return fail({ type: 'not-read', reason });
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
