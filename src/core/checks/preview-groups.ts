import type { ConfigList, ConfigObject } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { findDependencies } from '../graph/dependencies.ts';
import { explainSets, type SetTie } from '../graph/explain-sets.ts';
import { recordedDoubts, type RecordedDoubt } from '../graph/recorded-doubts.ts';
import { setDependencyGroups } from '../resolve/dependency-list.ts';
import type { ResolveRequest, Resolver } from '../resolve/resolver.ts';
import { findGroupConflicts, type GroupPart } from '../masks/group-conflicts.ts';
import { predictMasks } from '../masks/predict-masks.ts';

/** The form of the new list: `named` has one sub-config per set, `literal` one per module, as NNI writes it. */
export type PreviewForm = 'named' | 'literal';

export interface GroupsRequest extends Pick<ResolveRequest, 'list' | 'templates' | 'python'> {
  readonly list: readonly ConfigObject[];
  readonly form: PreviewForm;
  /** Leaves modules out that cannot be pruned together with the rest of their set. */
  readonly leavesOut: boolean;
}

/** A set of at least two modules that NNI prunes together (rule G12). */
export interface PreviewedSet {
  /** Index of the set among all sets of the model. */
  readonly set: number;
  /** Rows ascending. */
  readonly modules: readonly number[];
  /** The selected ones among `modules`. */
  readonly selected: readonly number[];
  readonly ties: readonly SetTie[];
  /** The parts of the set that NNI's pruner cannot add up; empty when it can. */
  readonly parts: readonly GroupPart[];
}

/** The sets that `auto_set_denpendency_group_ids` finds, and the list that it returns. */
export type GroupsPreview =
  | { readonly type: 'no-graph' }
  /** NNI's function raises this. */
  | { readonly type: 'raises'; readonly error: RaisedError }
  | {
      readonly type: 'sets';
      readonly sets: readonly PreviewedSet[];
      /** Rows that the list selects. */
      readonly selectedCount: number;
      readonly list: ConfigList;
      /** Rows that were left out. */
      readonly leftOut: readonly number[];
      /** The error that the pruner raises on the new list; null when it prunes, or when the weights decide. */
      readonly failure: RaisedError | null;
      /** What can differ from NNI's trace where another exporter recorded the flow. */
      readonly doubts: readonly RecordedDoubt[];
    };

/** Computes the sets of the model, and the pruning list with them (rules G12–G15). */
export function previewGroups(resolver: Resolver, request: GroupsRequest): GroupsPreview {
  const { tree } = resolver;
  const { list, templates, python, form } = request;
  const dependencies = findDependencies(tree);
  if (dependencies === null) return { type: 'no-graph' };
  // Resolving takes as long as the list has sub-configs: the form with few of them is resolved for both.
  const whole = setDependencyGroups(list, resolver, python, 'named');
  if (!dependencies.ok) return { type: 'raises', error: dependencies.error };
  if (whole === null || !whole.ok) return whole === null ? { type: 'no-graph' } : { type: 'raises', error: whole.error };
  const resolveList = (made: ConfigList) => resolver.resolve({ mode: 'pruning', list: made, templates, python });
  const resolution = resolveList(whole.value);
  const conflicts = findGroupConflicts(resolution, resolver);
  const partsOfSet = new Map(conflicts.map(({ parts }) => [dependencies.value.setOf.get(parts[0]!.modules[0]!) ?? -1, parts] as const));
  const leftOut = request.leavesOut ? conflicts.flatMap(({ parts }) => parts.slice(1).flatMap(({ modules }) => modules)) : [];
  const make = (as: PreviewForm): ConfigList => {
    const made = setDependencyGroups(list, resolver, python, as, { leaveOut: new Set(leftOut) });
    return made?.ok === true ? made.value : [];
  };
  const isSelected = (row: number): boolean => resolution.outcomes[resolution.outcomeId[row]!] !== undefined;
  const ties = explainSets(tree);
  const sets = dependencies.value.sets.flatMap((modules, set): readonly PreviewedSet[] =>
    modules.length < 2
      ? []
      : [{ set, modules, selected: modules.filter(isSelected), ties: ties?.[set] ?? [], parts: partsOfSet.get(set) ?? [] }],
  );
  const failure = failureOf(leftOut.length === 0 ? resolution : resolveList(make('named')), resolver);
  return { type: 'sets', sets, selectedCount: countSelected(resolution), list: make(form), leftOut, failure, doubts: recordedDoubts(tree) };
}

function countSelected({ outcomes }: ReturnType<Resolver['resolve']>): number {
  return outcomes.reduce((sum, { moduleCount, subConfigs }) => sum + (subConfigs.length > 0 ? moduleCount : 0), 0);
}

function failureOf(resolution: ReturnType<Resolver['resolve']>, resolver: Resolver): RaisedError | null {
  if (!resolution.verdict.accepted) return resolution.verdict.error;
  const prediction = predictMasks(resolution, resolver);
  return prediction.type === 'failure' ? prediction.error : null;
}
