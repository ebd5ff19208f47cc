import type { Mode } from '../config/mode.ts';
import { floatOf, getKey, intOf, isConfigList, isConfigObject, objectOf, withKey, type ConfigList, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { hasChildren, moduleName, moduleType } from '../module-tree/tree-index.ts';
import { escapePattern } from '../python-re/escape.ts';
import type { Random } from './random.ts';

/** A list as a person meant it, and as the hand slipped. */
export interface Slip {
  readonly kind: string;
  readonly mode: Mode;
  readonly meant: ConfigList;
  readonly written: ConfigValue;
}

type Change = (config: ConfigObject, random: Random, tree: ModuleTree) => ConfigValue | null;

const half = floatOf(0.5);

/** Lists that NNI accepts for the model, of the forms that people write. `types`: its layers with weights that NNI has templates for. */
export function plainLists(tree: ModuleTree, types: readonly string[], random: Random): readonly { readonly mode: Mode; readonly config: ConfigObject }[] {
  const layers = Array.from({ length: tree.size }, (_, row) => row).filter((row) => !hasChildren(tree, row) && types.includes(moduleType(tree, row) ?? ''));
  const [first, second] = [moduleName(tree, random.pick(layers)), moduleName(tree, random.pick(layers))];
  const type = moduleType(tree, random.pick(layers))!;
  const names = [...new Set([first, second])];
  const prefix = first.includes('.') ? first.slice(0, first.indexOf('.')) : first;
  return [
    { mode: 'pruning', config: objectOf([['op_types', [type]], ['sparse_ratio', half]]) },
    { mode: 'pruning', config: objectOf([['op_names', names], ['sparse_ratio', half]]) },
    // Without its only layer a list would select nothing.
    ...(layers.length > 1 ? [{ mode: 'pruning' as const, config: objectOf([['op_types', [...types]], ['exclude_op_names', [first]], ['target_names', ['weight']], ['sparse_ratio', half]]) }] : []),
    { mode: 'pruning', config: objectOf([['op_names_re', [`${escapePattern(prefix)}.*`]], ['op_types', [...types]], ['sparse_ratio', half], ['granularity', 'out_channel']]) },
    { mode: 'quantization', config: objectOf([['op_types', [type]], ['quant_dtype', 'int8'], ['target_names', ['_input_', 'weight', '_output_']]]) },
    { mode: 'quantization', config: objectOf([['op_names', names], ['quant_dtype', 'int8'], ['target_names', ['weight']], ['granularity', 'out_channel']]) },
    { mode: 'distillation', config: objectOf([['op_names', names], ['lambda', half], ['apply_method', 'mse']]) },
  ];
}

/** Every slip that fits a list of one sub-config. */
export function* slipsOf(config: ConfigObject, mode: Mode, tree: ModuleTree, random: Random): Generator<Slip> {
  for (const [kind, change] of Object.entries(changes)) {
    const written = change(config, random, tree);
    if (written !== null) yield { kind, mode, meant: [config], written: isConfigObject(written) ? [written] : written };
  }
}

const changes: Readonly<Record<string, Change>> = {
  'a letter left out of a key': (config, random) => renamed(config, (key) => withoutLetter(key, random), random),
  'letters of a key swapped': (config, random) => renamed(config, (key) => swapped(key, random), random),
  'a key in capitals': (config, random) => renamed(config, (key) => key.toUpperCase(), random),
  'a key without its s': (config) => rename(config, 'op_types', 'op_type') ?? rename(config, 'op_names', 'op_name') ?? rename(config, 'target_names', 'target_name'),
  'a text for a list': (config) => only(config, 'op_types', (item) => item) ?? only(config, 'op_names', (item) => item),
  'a target as text': (config) => only(config, 'target_names', (item) => item),
  'a type in small letters': (config) => each(config, 'op_types', (type) => type.toLowerCase()),
  'a letter left out of a type': (config, random) => each(config, 'op_types', (type) => withoutLetter(type, random)),
  'the class path of a type': (config) => each(config, 'op_types', (type) => `torch.nn.${type}`),
  'a type as Python prints it': (config) => each(config, 'op_types', (type) => `<class 'torch.nn.modules.x.${type}'>`),
  'a letter left out of a name': (config, random) => each(config, 'op_names', (name) => misspelled(name, random)),
  'names below module.': (config) => each(config, 'op_names', (name) => `module.${name}`),
  'names of parameters': (config) => each(config, 'op_names', (name) => `${name}.weight`),
  'names with brackets': (config) => each(config, 'op_names', (name) => name.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')),
  'names behind self.': (config) => each(config, 'op_names', (name) => `self.${name}`),
  'excluded names below module.': (config) => each(config, 'exclude_op_names', (name) => `module.${name}`),
  'an excluded parameter': (config) => each(config, 'exclude_op_names', (name) => `${name}.weight`),
  're: before a pattern': (config) => each(config, 'op_names_re', (pattern) => `re:${pattern}`),
  // `fc1*` is a pattern of Python too, for names that begin with fc.
  'a pattern as a glob': (config) => each(config, 'op_names_re', (pattern) => (/[a-z]\.\*$/.test(pattern) ? pattern.replaceAll('\\', '').replace(/\.\*$/, '.*') : pattern)),
  '50 for 0.5': (config) => set(config, 'sparse_ratio', intOf(50)),
  'text for a number': (config) => set(config, 'sparse_ratio', '0.5'),
  'a percentage': (config) => set(config, 'sparse_ratio', '50%'),
  'None for a key': (config) => withKey(withKey(config, 'sparse_threshold', null), getKey(config, 'op_names') === undefined ? 'op_names' : 'op_types', null),
  'sparsity of NNI 2.x': (config) => rename(config, 'sparse_ratio', 'sparsity'),
  'another word for the ratio': (config) => rename(config, 'sparse_ratio', 'sparsity_ratio'),
  'bits as a number': (config) => set(config, 'quant_dtype', intOf(8)),
  'bits under the key of NNI 2.x': (config) => (getKey(config, 'quant_dtype') === undefined ? null : set(rename(config, 'quant_dtype', 'quant_bits')!, 'quant_bits', intOf(8))),
  'a type of torch': (config) => set(config, 'quant_dtype', 'torch.qint8'),
  'targets without underscores': (config) => each(config, 'target_names', (target) => target.replaceAll('_', '')),
  'weights for weight': (config) => each(config, 'target_names', (target) => target.replace('weight', 'weights')),
  'a misspelled target': (config) => each(config, 'target_names', (target) => target.replace('weight', 'wieght')),
  'per_channel on weights': (config) => set(config, 'granularity', 'per_channel'),
  'channel alone': (config) => set(config, 'granularity', 'channel'),
  'a misspelled granularity': (config) => set(config, 'granularity', 'out_chanel'),
  'a whole number for lambda': (config) => set(config, 'lambda', '0.5'),
  'a misspelled method': (config) => set(config, 'apply_method', 'MSE'),
};

function rename(config: ConfigObject, from: string, to: string): ConfigObject | null {
  return getKey(config, from) === undefined ? null : objectOf(config.entries.map(([key, value]) => [key === from ? to : key, value]));
}

function renamed(config: ConfigObject, change: (key: string) => string, random: Random): ConfigObject | null {
  const key = random.pick(config.entries.map(([name]) => name));
  const other = change(key);
  return other === key ? null : rename(config, key, other);
}

/** Every text of a list; `null` where the key is absent, or nothing changes. */
function each(config: ConfigObject, key: string, change: (text: string) => string): ConfigObject | null {
  const value = getKey(config, key);
  if (!isConfigList(value)) return null;
  const made = value.map((item) => (typeof item === 'string' ? change(item) : item));
  return made.every((item, at) => item === value[at]) ? null : withKey(config, key, made);
}

function only(config: ConfigObject, key: string, change: (item: ConfigValue) => ConfigValue): ConfigObject | null {
  const value = getKey(config, key);
  return isConfigList(value) && value.length === 1 ? withKey(config, key, change(value[0]!)) : null;
}

function set(config: ConfigObject, key: string, value: ConfigValue): ConfigObject | null {
  return getKey(config, key) === undefined ? null : withKey(config, key, value);
}

function withoutLetter(text: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, text.length - 1));
  return /\d/.test(text[at] ?? '') || text.length < 5 ? text : text.slice(0, at) + text.slice(at + 1);
}

function swapped(text: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, text.length - 2));
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}

/** The longest label without one of its letters. */
function misspelled(name: string, random: Random): string {
  const labels = name.split('.');
  const longest = labels.indexOf(labels.reduce((a, b) => (b.length > a.length ? b : a)));
  return labels.map((label, at) => (at === longest ? withoutLetter(label, random) : label)).join('.');
}
