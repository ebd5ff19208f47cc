import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { findDependencies, type Dependencies } from '../../graph/dependencies.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../../module-tree/tree-index.ts';
import { ownerOf } from '../configured-rows.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { findGroupFaults } from '../group-members.ts';
import { findGroups } from '../../resolve/groups.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { forecastFailure } from '../speedup-of-list.ts';

export interface SpeedupFailsValues {
  readonly stage: 'trace' | 'speedup' | 'forward';
  /** The module at which it fails; empty when it is none's. */
  readonly module: string;
  readonly error: string;
  /** It fails whichever channels the weights choose. */
  readonly isSure: boolean;
  /** Groups are set as the data flow asks, and this module, which is tied to the one that fails, is not pruned; else null. */
  readonly untouched: string | null;
  /** Whether one group can hold both: their weights have as many rows and dimensions. */
  readonly canJoin: boolean;
}

const reasons: Readonly<Record<string, string>> = {
  UnBalancedGroupError: 'Groups of its channels would be left with different numbers. internal_metric_block prunes them alike; Set dependency groups writes it.',
  EmptyLayerError: 'Nothing would be left of it. A dependency group keeps the same channels of the layers that are tied to it.',
  ShapeMisMatchError: 'Its input and output would differ in channels.',
  AssertionError: 'Layers that are tied to each other differ in their numbers of channels, or a layer with one output channel follows a pruned one.',
  RuntimeError: 'NNI cannot unite the masks of the layers that are tied here, or the module returns several tensors (an LSTM), and NNI runs each of them backward.',
  AttributeError: 'The model never calls the module, or the module returns one value for each sample: NNI finds no mask or no gradient there.',
  OutputTypeError: 'The module returns one value for each sample, and NNI keeps no mask of that.',
};

/** A list that prunes, and whose model NNI's ModelSpeedup cannot make smaller (rules G22, G23). */
export const speedupFails: FindingKind<SpeedupFailsValues> = {
  words: ({ stage, module, error, isSure, untouched, canJoin }) => ({
    title: `The list prunes, but ${stage === 'forward' ? 'the model that ModelSpeedup gives' : 'ModelSpeedup'} ${isSure ? 'fails' : 'may fail'}${module === '' ? '' : ` at ${shortened(module)}`}.`,
    why: untouched !== null ? `${shortened(untouched)} is tied to it and the list does not prune it, so the channels of both stay. ${canJoin ? `Leave ${shortened(module)} out of the list, or prune both.` : `One group cannot hold both, so leave ${shortened(module)} out of the list.`}` : stage === 'forward' ? 'A size in the model’s own code, or one of its own parameters, does not fit the channels that are left.' : (reasons[error] ?? `ModelSpeedup raises ${error}.`),
  }),
};

/** Finds the first error of ModelSpeedup on the pruned model; one finding at most. Needs the data flow of at most 3,000 nodes: none without it (rules G22, G23). */
export function findSpeedupFailure({ resolution, resolver, tree }: FindingInput): readonly FindingOf<'speedup-fails', SpeedupFailsValues>[] {
  if (resolution.mode !== 'pruning' || !resolution.verdict.accepted || tree.graph === null || tree.graph.size > mostNodes) return [];
  const found = forecastFailure(resolution, resolver);
  if (found === null || found.error.stage === 'trace' || !isWorthSaying(found.error)) return [];
  const { error, isSure } = found;
  const { module, stage, type } = error;
  const owner = module < 0 ? null : ownerOf(resolution, module);
  const helps = stage === 'speedup' && groupsHelp.has(type);
  const dependencies = helps ? findDependencies(tree) : null;
  const tied = dependencies?.ok === true && hasItsGroup(resolution, dependencies.value, module) ? tiedTo(dependencies.value, module) : null;
  const untouched = tied?.find((row) => ownerOf(resolution, row) === null) ?? null;
  return [
    {
      code: 'speedup-fails',
      severity: 'silent',
      rule: 'G23',
      where: { subConfig: owner, path: [], modules: module < 0 ? [] : [module] },
      values: { stage, module: module < 0 ? '' : moduleName(tree, module), error: type, isSure, untouched: untouched === null ? null : moduleName(tree, untouched), canJoin: untouched !== null && haveSameRows(tree, module, untouched) },
      error: { type, message: error.message },
      fixes: helps && tied === null ? [{ code: 'show-groups', values: null, action: { type: 'show-groups' } }] : [],
    },
  ];
}

/** Whether it is in a dependency group, and all groups are as the data flow asks (rule G12). */
function hasItsGroup(resolution: Resolution, dependencies: Dependencies, module: number): boolean {
  const isInGroup = findGroups(resolution).some(({ key, modules }) => key === 'dependency_group_id' && modules.includes(module));
  return isInGroup && findGroupFaults(resolution, dependencies).length === 0;
}

function tiedTo({ sets, setOf }: Dependencies, module: number): readonly number[] {
  return sets[setOf.get(module) ?? -1] ?? [];
}

/** Whether NNI's pruner can add up the metrics of both weights (rule X2). */
function haveSameRows(tree: ModuleTree, a: number, b: number): boolean {
  const [first, second] = [a, b].map((row) => moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape ?? null);
  return first != null && second != null && first.length === second.length && first[0] === second[0];
}

/** Errors that groups of the data flow may settle. */
const groupsHelp: ReadonlySet<string> = new Set(['UnBalancedGroupError', 'EmptyLayerError']);
/** Above this the forecast takes longer than a list may take at every letter; the overview has it all the same. */
const mostNodes = 3000;

/** Whether there is anything to speed up: without masks ModelSpeedup raises an IndexError, and other findings say why. */
function isWorthSaying({ stage, type }: { readonly stage: string; readonly type: string }): boolean {
  return stage !== 'speedup' || type !== 'IndexError';
}
