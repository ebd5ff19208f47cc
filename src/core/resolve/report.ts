import type { ConfigObject } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import type { Resolution } from './resolution.ts';

/** Target name → setting of one module. */
export type ModuleSettings = ReadonlyMap<string, ConfigObject>;

/** A target that lost to an earlier sub-config (rule R1). */
export type IgnoredTarget = readonly [subConfig: number, module: string, target: string];

/** Every configured target with its setting, written out module by module in tree order. */
export function settingsOf(resolution: Resolution, tree: ModuleTree): ReadonlyMap<string, ModuleSettings> {
  const shared = resolution.outcomes.map(
    ({ targets }): ModuleSettings => new Map(targets.map(({ target, setting }) => [target, setting])),
  );
  const settings = new Map<string, ModuleSettings>();
  resolution.outcomeId.forEach((outcome, module) => {
    const targets = shared[outcome];
    if (targets !== undefined && targets.size > 0) settings.set(nameAt(tree.names, module), targets);
  });
  return settings;
}

/** Every target that a later sub-config wanted and did not get, by sub-config, then by names of module and target. */
export function listIgnored(resolution: Resolution, tree: ModuleTree): readonly IgnoredTarget[] {
  const { outcomes, outcomeId, subConfigs } = resolution;
  const lost = outcomes.map(({ targets }) =>
    targets.filter(({ losers }) => losers.length > 0).toSorted((a, b) => byCodePoint(a.target, b.target)),
  );
  const modules: { readonly name: string; readonly targets: (typeof lost)[number] }[] = [];
  outcomeId.forEach((id, module) => {
    const targets = lost[id];
    if (targets && targets.length > 0) modules.push({ name: nameAt(tree.names, module), targets });
  });
  modules.sort((a, b) => byCodePoint(a.name, b.name));
  const lists = subConfigs.map((): IgnoredTarget[] => []);
  for (const { name, targets } of modules) {
    for (const { target, losers } of targets) {
      for (const { subConfig } of losers) lists[subConfig]!.push([subConfig, name, target]);
    }
  }
  return lists.flat();
}

/** Names that each sub-config selects, in tree order. */
export function selectedNames(resolution: Resolution, tree: ModuleTree): readonly (readonly string[])[] {
  return resolution.subConfigs.map(({ selected }) => {
    const names: string[] = [];
    selected.forEach((isSelected, module) => {
      if (isSelected === 1) names.push(nameAt(tree.names, module));
    });
    return names;
  });
}

/** Heads of fusions with the names of the modules that NNI fuses into them, sorted (rule R4). */
export function fusedOf(resolution: Resolution): ReadonlyMap<string, readonly string[]> {
  return new Map(resolution.fusions.map(({ head, rest }) => [head, rest.toSorted(byCodePoint)]));
}

/** `type(error).__name__` of Python: without the module it is from (`re.error` is `error`). */
export function exceptionName(error: RaisedError): string {
  return error.type.slice(error.type.lastIndexOf('.') + 1);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
