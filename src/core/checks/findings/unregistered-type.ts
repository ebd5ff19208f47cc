import { getKey, isConfigList, objectOf, type ConfigEntry, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { hasChildren } from '../../module-tree/tree-index.ts';
import { escapePattern } from '../../python-re/escape.ts';
import { excludeType } from '../fixes/exclude-fixes.ts';
import type { FixProblem, ProblemAt } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { layerTypes } from '../fixes/registered-types.ts';
import { removeEverywhere } from '../fixes/remove-entry.ts';
import { onlyTypes } from '../fixes/type-fixes.ts';

/** A selected module whose type has no setting template (rule C1). */
export const unregisteredType: FindingKind<ProblemValues['unregistered-type']> = {
  words: ({ type, module, count }) => ({
    title: `NNI has no template for ${type} (${shortened(module) || 'the root'}${andMore(count)}).`,
    why: 'Every selected module needs a setting template of its type.',
  }),
};

export const fixUnregisteredType: FixProblem<'unregistered-type'> = (problem) => {
  const { type } = problem.values;
  const { config, subConfig, input } = problem;
  const register: readonly Fix[] =
    type === '' ? [] : [{ code: 'register-type', values: { type }, action: { type: 'register-template', moduleType: type } }];
  const index = typeIndex(config, type);
  const inside = typesInside(problem, index);
  if (index >= 0) {
    // The type was asked for by name: to exclude it too would leave nothing of it.
    const removed = removeEverywhere(config, subConfig, 'op_types', index);
    return hasOwnParameters(problem) ? [...inside, ...register, removed] : [...inside, removed, ...register];
  }
  return [...inside, ...onlyTypes(input.resolution, input.tree, subConfig), ...(type === '' ? [] : [excludeType(config, subConfig, type)]), ...register];
};

/** Whether modules of the type are layers with parameters of their own: then there is something to register (rule F10f). */
function hasOwnParameters({ values: { type }, where, input: { tree } }: ProblemAt<'unregistered-type'>): boolean {
  const isLayer = (where.modules ?? []).every((module) => !hasChildren(tree, module));
  return isLayer && tree.specs.some((spec) => spec.type === type && spec.parameters !== null && spec.parameters.length > 0);
}

function typeIndex(config: ConfigObject, type: string): number {
  const listed = getKey(config, 'op_types');
  return isConfigList(listed) && type !== '' ? listed.indexOf(type) : -1;
}

/** At most as many types as anyone reads. */
const mostTypes = 8;

/** A container was meant as its inner modules: the types there that have templates, in place of it. */
function typesInside({ config, subConfig, where, input }: ProblemAt<'unregistered-type'>, index: number): readonly Fix[] {
  const { tree, resolver, python, resolution } = input;
  const containers = (where.modules ?? []).filter((module) => hasChildren(tree, module));
  if (containers.length === 0) return [];
  const isInside = (module: number): boolean => containers.some((container) => module > container && module < tree.end[container]!);
  const types = layerTypes(input, isInside);
  if (types.length === 0 || types.length > mostTypes) return [];
  const words = { types: types.join(', ') };
  const listed = getKey(config, 'op_types');
  if (index >= 0 && isConfigList(listed)) {
    const value = [...new Set(listed.flatMap((item, at): readonly ConfigValue[] => (at === index ? types : [item])))];
    return [fix('write-types', words, { type: 'set', path: [subConfig, 'op_types'], value })];
  }
  // Names of containers become a pattern for the modules below them.
  const names = textsOf(getKey(config, 'op_names'));
  const outer = names.filter((name) => {
    const module = resolver.indexOf(name);
    return module !== undefined && hasChildren(tree, module);
  });
  if (listed !== undefined || outer.length === 0 || getKey(config, 'op_names_re') !== undefined) return [];
  const left = names.filter((name) => !outer.includes(name));
  const patterns = outer.map((name) => `${escapePattern(name)}${String.raw`\..*`}`);
  const entries = config.entries.flatMap(([key, value]): readonly ConfigEntry[] =>
    key === 'op_names' ? [...(left.length > 0 ? [['op_names', left] as const] : []), ['op_names_re', patterns], ['op_types', types]] : [[key, value]],
  );
  const value = objectOf(entries);
  const kept = left.every((name) => types.includes(tree.types[tree.typeId[resolver.indexOf(name)!] ?? 0] ?? ''));
  if (!kept || resolver.select(value, python).count === 0 || resolution.mode === 'distillation') return [];
  return [fix('select-inside', words, { type: 'set', path: [subConfig], value })];
}

function textsOf(value: ConfigValue | undefined): readonly string[] {
  return isConfigList(value) ? value.filter((item) => typeof item === 'string') : [];
}
