import type { MultiplyAdds } from '../graph/forecast/multiply-adds.ts';
import type { SpeedupError } from '../graph/forecast/forecast-speedup.ts';
import { isCodeUnchecked } from '../graph/unchecked-code.ts';
import { multiplyAddsBelow, multiplyAddSums } from '../graph/forecast/module-costs.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { forecastList, type Range } from './speedup-of-list.ts';

/** A tensor of a module before and after ModelSpeedup. */
export interface ResizedTensor {
  readonly name: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** One module after speedup, with all modules below it. */
export interface ModuleAfterSpeedup {
  /** Own tensors whose shape changes. */
  readonly tensors: readonly ResizedTensor[];
  readonly macsBefore: number;
  readonly macs: number;
}

/** The model after speedup, as the page shows it. */
export type SpeedupView =
  | { readonly type: 'no-graph' }
  /** Pruning fails before there is anything to speed up. */
  | { readonly type: 'not-pruned'; readonly error: RaisedError }
  | {
      readonly type: 'forecast';
      /** Whichever rows the weights choose, the numbers are these (rule G24). */
      readonly isExact: boolean;
      /** Operations at which no rule follows ModelSpeedup. */
      readonly notFollowed: readonly string[];
      readonly paramsBefore: number | null;
      /** Least and most; equal when exact. Null where a shape is not known, or speedup fails. */
      readonly params: Range | null;
      readonly macsBefore: number;
      readonly macs: Range;
      /** It is certain where `isExact`. */
      readonly error: SpeedupError | null;
      /** Some choices of the weights make ModelSpeedup fail, others do not: `params` and `macs` are no bounds. */
      readonly mayFail: boolean;
      /** The recorder of the data flow where it was not NNI's tracer; else empty. */
      readonly recordedBy: string;
      /** No exporter looked at the model's code, which NNI's tracer may not take (rule G20j). */
      readonly isCodeUnchecked: boolean;
      /** There is a small model, although its forward pass may fail. */
      readonly hasModel: boolean;
      readonly modules: ReadonlyMap<number, ModuleAfterSpeedup>;
    };

/** The forecast of a resolved pruning list, with the shapes of some modules. */
export function viewSpeedup(resolution: Resolution, resolver: Resolver, rows: readonly number[]): SpeedupView {
  const { tree } = resolver;
  const found = forecastList(resolution, resolver);
  const sums = multiplyAddSums(tree);
  if (found === null || sums === null) return { type: 'no-graph' };
  if (found.type === 'not-pruned') return found;
  const { forecast, isExact, notFollowed, mayFail, params, macs } = found;
  const { model, paramsBefore, error } = forecast;
  const modules = new Map<number, ModuleAfterSpeedup>();
  if (model !== null) {
    for (const row of rows) {
      modules.set(row, {
        tensors: resizedTensors(tree, row, model.shapes.get(row)),
        macsBefore: multiplyAddsBelow(tree, sums, row),
        macs: sumBelow(tree, model.macs, row),
      });
    }
  }
  return { type: 'forecast', isExact, notFollowed, paramsBefore, params, macsBefore: sums[tree.size]!, macs, error, mayFail, recordedBy: tree.graph?.recordedBy ?? '', isCodeUnchecked: isCodeUnchecked(tree), hasModel: model !== null, modules };
}

function resizedTensors(tree: ModuleTree, row: number, after: ReadonlyMap<string, readonly number[]> | undefined): readonly ResizedTensor[] {
  const { parameters, buffers } = moduleSpec(tree, row);
  return [...(parameters ?? []), ...(buffers ?? [])].flatMap(({ name, shape }): readonly ResizedTensor[] => {
    const resized = after?.get(name);
    return shape === null || resized === undefined || resized.join() === shape.join() ? [] : [{ name, before: shape, after: resized }];
  });
}

function sumBelow(tree: ModuleTree, macs: MultiplyAdds, row: number): number {
  let sum = 0;
  for (const [at, count] of macs) if (at >= row && at < tree.end[row]!) sum += count;
  return sum;
}
