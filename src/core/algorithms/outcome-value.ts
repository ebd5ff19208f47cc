import { intOf, objectOf, type ConfigEntry, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { masksOf, type TargetMask } from '../masks/predict-masks.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { exceptionName } from '../resolve/report.ts';
import type { EffectiveTarget, Made, Outcome, TargetLoss } from './outcome.ts';

/**
 * An outcome with the keys of NNI's recorded answers. An unknown fact is `null` or left out; while it is open whether the list runs through,
 * `needs` lists the deciding facts, and no results are listed.
 */
export function outcomeValue({ accepted, error, needs, made, forwardAfter }: Outcome, tree: ModuleTree): ConfigObject {
  const entries: ConfigEntry[] = [['accepted', accepted]];
  if (error !== null) {
    const { message, moment, isOneOf } = error;
    const isFirst = isOneOf !== true;
    entries.push(['error', objectOf([['type', isFirst ? exceptionName(error) : null], ['message', isFirst ? message : null], ['moment', moment]])]);
  }
  if (needs.length > 0) entries.push(['needs', needs]);
  else if (made !== null) entries.push(...madeEntries(made, tree));
  if (forwardAfter === undefined) entries.push(['forward_after', null]);
  else if (forwardAfter !== null) entries.push(['forward_after', objectOf([['type', forwardAfter.type], ['message', forwardAfter.message]])]);
  return objectOf(entries);
}

function madeEntries(made: Made, tree: ModuleTree): readonly ConfigEntry[] {
  switch (made.mode) {
    case 'pruning':
      return [['masks', byModule(tree, (module) => masksOf(made.masks, module), maskValue)]];
    case 'quantization':
      return [['targets', byModule(tree, (module) => made.targets.get(module), targetValue)]];
    case 'distillation': {
      const losses = [...made.losses.values()].flatMap((targets) => [...targets.values()]);
      const isKnown = losses.every(({ active }) => active !== undefined);
      const isAdded = losses.some(({ active }) => (active?.length ?? 0) > 0);
      return [
        ['losses', byModule(tree, (module) => made.losses.get(module), lossValue)],
        ['loss_added', isAdded || (isKnown ? false : null)],
      ];
    }
  }
}

function byModule<Item>(
  tree: ModuleTree,
  find: (module: number) => ReadonlyMap<string, Item> | undefined,
  toValue: (item: Item) => ConfigValue,
): ConfigObject {
  // Equal modules share their targets, and so the object that is written.
  const shared = new Map<ReadonlyMap<string, Item>, ConfigObject>();
  const entries: ConfigEntry[] = [];
  for (let module = 0; module < tree.size; module++) {
    const targets = find(module);
    if (targets === undefined) continue;
    const made = shared.get(targets) ?? objectOf([...targets].map(([target, item]) => [target, toValue(item)] as const));
    shared.set(targets, made);
    entries.push([moduleName(tree, module), made]);
  }
  return objectOf(entries);
}

function maskValue({ masked, total }: TargetMask): ConfigValue {
  return masked === null ? null : [intOf(masked), intOf(total)];
}

function targetValue(target: EffectiveTarget): ConfigObject {
  const { applyMethod, scheme, dtype, minimum, maximum, scaleShape, quantizes } = target;
  return objectOf([
    ['apply_method', applyMethod],
    ['quant_scheme', scheme],
    ['quant_dtype', dtype],
    ['qmin', numberValue(minimum)],
    ['qmax', numberValue(maximum)],
    ...(scaleShape === undefined ? [] : [['scale_shape', scaleShape === null ? null : scaleShape.map(intOf)] as const]),
    ...(quantizes === undefined ? [] : [['quantizes', quantizes] as const]),
  ]);
}

/** A number as Python writes it; a power that is not written out stays a text. */
function numberValue(text: string): ConfigValue {
  if (text.includes('*')) return text;
  return { type: /[.e]/.test(text) ? 'float' : 'int', text };
}

function lossValue({ links, lambda, method, active, linear }: TargetLoss): ConfigObject {
  return objectOf([
    ['link', links],
    ['lambda', { type: 'float', text: lambda }],
    ['apply_method', method],
    ['active', active ?? null],
    ...(linear === undefined ? [] : [['linear', linear.map(intOf)] as const]),
  ]);
}
