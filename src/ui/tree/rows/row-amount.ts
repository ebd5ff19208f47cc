import { getKey, isConfigNumber, isConfigObject, numberOf, type ConfigObject } from '../../../core/config/value.ts';
import { selectedIn, type ModuleMarks } from '../../../core/module-tree/module-marks.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { VisibleRow } from './visible-rows.ts';

/** How much a sub-config compresses: `50 %` of the elements, `int8`; empty where it says neither, or not one for all targets. */
export function amountOf(config: ConfigObject): string {
  const own = amountIn(config);
  if (own !== '') return own;
  const targets = getKey(config, 'target_settings');
  if (!isConfigObject(targets)) return '';
  const amounts = new Set(targets.entries.map(([, setting]) => (isConfigObject(setting) ? amountIn(setting) : '')));
  return amounts.size === 1 ? [...amounts][0]! : '';
}

function amountIn(setting: ConfigObject): string {
  const ratio = getKey(setting, 'sparse_ratio');
  if (isConfigNumber(ratio)) return `${Number((numberOf(ratio) * 100).toPrecision(4))} %`;
  const type = getKey(setting, 'quant_dtype');
  return typeof type === 'string' ? type : '';
}

/** The modules in a closed row. */
interface Inside {
  readonly tree: ModuleTree;
  readonly row: Pick<VisibleRow, 'module' | 'end'>;
  /** How many of them are of each type, by its index. */
  readonly counts: Uint32Array;
}

/** Counts the types below a row: once for all sub-configs that select there. */
export function countInside(tree: ModuleTree, row: Inside['row']): Inside {
  const counts = new Uint32Array(tree.types.length);
  for (let module = row.module; module < row.end; module++) counts[tree.typeId[module]!]!++;
  return { tree, row, counts };
}

/**
 * The selection of sub-configs with the same amount below a row: `4 of 5 Conv2d, 50 %`, or `9 modules, 50 %` where the types differ. A
 * module that several of them select counts once.
 */
export function wordInside({ tree, row, counts }: Inside, marks: readonly ModuleMarks[], amount: string): string {
  const selected = new Map<number, number>();
  const [first, ...others] = marks.map((own) => selectedIn(own, row.module, row.end));
  const modules = others.length === 0 ? (first ?? []) : new Set([first!, ...others].flatMap((own) => [...own]));
  for (const module of modules) {
    selected.set(tree.typeId[module]!, (selected.get(tree.typeId[module]!) ?? 0) + 1);
  }
  const tail = amount === '' ? '' : `, ${amount}`;
  const [only] = selected;
  if (!only || selected.size > 1 || tree.types[only[0]] === '') {
    const count = [...selected.values()].reduce((sum, own) => sum + own, 0);
    return `${formatCount(count)} modules${tail}`;
  }
  const [type, count] = only;
  const all = counts[type]!;
  return `${formatCount(count)}${all > count ? ` of ${formatCount(all)}` : ''} ${tree.types[type]!}${tail}`;
}
