import { folderOf } from '../bytes/file-path.ts';

/** Files that people have next to a model and that are no models. */
const besideModels = new RegExp(
  `(?:^|[/\\\\])(?:${[
    '\\.(?!metadata$)[^/\\\\]*',
    '[^/\\\\]*\\.distcp',
    '(?:tokenizer|vocab|chat_template|optimizer|scheduler|rng_state|LICENSE|USE_POLICY)[^/\\\\]*',
    'merges\\.txt|training_args\\.bin',
    '(?:special_tokens_map|added_tokens|generation_config|(?:pre)?processor_config|trainer_state)\\.json',
    '(?:model_index|adapter_model_config|config_sentence_transformers|sentence_bert_config|all_results|(?:train|eval)_results)\\.json',
    '[^/\\\\]*\\.(?:md|py|ipynb|yaml|yml|toml|jinja|model|msgpack|h5|png|jpg|svg|pdf)',
  ].join('|')})$`,
  'i',
);
/** A cache of downloads keeps each file as `snapshots/…/name`, and its bytes a second time under `blobs`. */
const cached = /(?:^|[/\\])snapshots[/\\]/;
const cacheOnly = /(?:^|[/\\])(?:blobs|refs)[/\\]/;
/** The same weights in another number format or state: `model.fp16.safetensors`, `model.non_ema-00001-of-00002.bin`. */
const variant = /\.\w+(?=(?:-\d{5}-of-\d{5})?\.(?:safetensors|bin)$)/;
/** The same weights under the names of the original code. */
const original = /(?:^|[/\\])consolidated(?:\.\d+)?\.(?:safetensors|pth)$/;
const weights = /\.(?:safetensors|bin|pth?)$/;

/** Files of a folder, and which of them hold the weights of others a second time. */
export interface SortedFiles<File> {
  readonly wanted: readonly File[];
  readonly doubles: readonly File[];
}

/** Separates, by name, files worth reading from files that usually lie next to models (rule T17). */
export function sortFiles<File extends { readonly name: string }>(files: readonly File[]): SortedFiles<File> {
  const isCache = files.some(({ name }) => cached.test(name));
  const kept = files.filter(({ name }) => !besideModels.test(name) && !(isCache && cacheOnly.test(name)));
  if (kept.length === 0) return { wanted: files, doubles: [] };
  const names = new Set(kept.map(({ name }) => name));
  const isDouble = ({ name }: File): boolean => {
    if (original.test(name)) {
      const folder = folderOf(name);
      return kept.some((other) => weights.test(other.name) && folderOf(other.name) === folder && !original.test(other.name));
    }
    return variant.test(name) && names.has(name.replace(variant, ''));
  };
  return { wanted: kept.filter((file) => !isDouble(file)), doubles: kept.filter(isDouble) };
}
