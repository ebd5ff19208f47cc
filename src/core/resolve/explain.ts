import type { DroppedSetting, OutcomeFailure, Resolution, SelectionEntry, TargetOutcome } from './resolution.ts';
import type { Resolver } from './resolver.ts';
import { nameAt } from '../module-tree/packed-names.ts';

/** Why a module has its result: one answer for each sub-config, and the outcome of its targets. */
export interface ModuleExplanation {
  readonly module: number;
  readonly name: string;
  /** `null` when the source does not say. */
  readonly moduleType: string | null;
  readonly subConfigs: readonly SubConfigExplanation[];
  /** Configured targets with winner, losers and the chain of every value; empty when untouched. */
  readonly targets: readonly TargetOutcome[];
  readonly failures: readonly OutcomeFailure[];
  readonly dropped: readonly DroppedSetting[];
  /** Head of the fusion that this module is a part of (rule R4). */
  readonly fusedInto: string | null;
}

export interface SubConfigExplanation {
  readonly subConfig: number;
  readonly reason: SelectionReason;
}

export type SelectionReason =
  /** By these strings: matching names and patterns, and its type where `op_types` is set. */
  | { readonly type: 'selected'; readonly by: readonly SelectionEntry[] }
  /** It was selected by `by`, and these excludes take it; the first is the one that counted. */
  | {
      readonly type: 'excluded';
      readonly by: readonly SelectionEntry[];
      readonly excludes: readonly SelectionEntry[];
    }
  /** A name or pattern matches it, but its type is not in `op_types`. */
  | {
      readonly type: 'type-not-listed';
      readonly by: readonly SelectionEntry[];
      readonly moduleType: string | null;
    }
  /** No name and no pattern matches it, or (with `op_types` alone) its type is not listed. */
  | { readonly type: 'not-named'; readonly moduleType: string | null }
  /** The sub-config has no usable selector. */
  | { readonly type: 'no-selector' };

/** Explains one module by a resolution that `resolver` made. `module` must be an index of its tree. */
export function explainModule(resolver: Resolver, resolution: Resolution, module: number): ModuleExplanation {
  const { tree } = resolver;
  const name = nameAt(tree.names, module);
  const type = tree.types[tree.typeId[module]!]!;
  const outcome = resolution.outcomes[resolution.outcomeId[module]!];
  const hits = (entry: SelectionEntry): boolean => {
    if (entry.key === 'op_names' || entry.key === 'exclude_op_names') return entry.value === name;
    if (entry.key === 'op_types' || entry.key === 'exclude_op_types') return type !== '' && entry.value === type;
    const swept = resolver.sweep(entry.value, resolution.python);
    return swept.type === 'matched' && swept.mask[module] === 1;
  };
  return {
    module,
    name,
    moduleType: type === '' ? null : type,
    subConfigs: resolution.subConfigs.map((selection, subConfig) => ({
      subConfig,
      reason: reasonFor(selection, module, hits, type === '' ? null : type),
    })),
    targets: outcome?.targets ?? [],
    failures: outcome?.failures ?? [],
    dropped: outcome?.dropped ?? [],
    fusedInto: resolution.fusions.find(({ rest }) => rest.includes(name))?.head ?? null,
  };
}

function reasonFor(
  selection: Resolution['subConfigs'][number],
  module: number,
  hits: (entry: SelectionEntry) => boolean,
  moduleType: string | null,
): SelectionReason {
  const { entries, excludedBy, selected } = selection;
  if (!selection.hasSelector) return { type: 'no-selector' };
  const hit = entries.filter(hits);
  const by = hit.filter(({ key }) => !key.startsWith('exclude_'));
  if (selected[module] === 1) return { type: 'selected', by };
  const counted = entries[excludedBy[module]! - 1];
  if (counted !== undefined) {
    const others = hit.filter((entry) => entry.key.startsWith('exclude_') && entry !== counted);
    return { type: 'excluded', by, excludes: [counted, ...others] };
  }
  const named = by.filter(({ key }) => key !== 'op_types');
  return named.length > 0 ? { type: 'type-not-listed', by: named, moduleType } : { type: 'not-named', moduleType };
}
