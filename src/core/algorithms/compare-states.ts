import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ForwardPass, MetTarget } from './met-targets.ts';
import type { Need } from './outcome.ts';
import { isTupleLayer, knownSize } from './torch-layers.ts';
import { wrappedCall } from './wrapped-call.ts';

/** The fit between the output of a target and the output of its link. */
export type StatePair =
  /** Of one shape. */
  | { readonly type: 'agree' }
  | ComparedShapes
  /** One of the two is never met. */
  | { readonly type: 'nothing' }
  /** The wrapper of one of the two fails in the first forward pass. */
  | { readonly type: 'fails'; readonly error: RaisedError }
  | { readonly type: 'open'; readonly need: Need };

/** Two shapes that are not one, as far as they are known. */
export interface ComparedShapes {
  readonly type: 'shapes';
  /** torch can work with both as they are. */
  readonly broadcasts: boolean;
  /** It can once the last dimensions are brought to one width; `null` where that is not known. */
  readonly adapts: boolean | null;
  /** The last dimensions, where both are known. */
  readonly widths: readonly [number, number] | null;
}

interface Student {
  readonly tree: ModuleTree;
  readonly pass: ForwardPass;
  readonly module: number;
  readonly target: string;
}

/** Compares a target of the student with the same target of a module of the teacher. */
export function compareStates(
  { tree, pass, module, target }: Student,
  teacher: { readonly tree: ModuleTree; readonly pass: ForwardPass; readonly isAlike: boolean; readonly module: number },
): StatePair {
  const calls = [wrappedCall(tree, module, pass), wrappedCall(teacher.tree, teacher.module, teacher.pass)];
  for (const call of calls) if (call.type === 'fails') return call;
  if (calls.some(({ type }) => type === 'open')) return { type: 'open', need: 'outputs' };
  const given = pass.meets(module, target);
  const asked = teacher.pass.meets(teacher.module, target);
  const isPlain = isTupleLayer(moduleSpec(tree, module)) && isTupleLayer(moduleSpec(teacher.tree, teacher.module));
  if (isPlain && [given, asked].some(({ type }) => type === 'other')) {
    return { type: 'fails', error: { type: 'TypeError', message: 'Only support saving tensor as distillation hidden_state.' } };
  }
  for (const met of [given, asked]) if (met.type === 'unknown' || met.type === 'other') return { type: 'open', need: 'outputs' };
  if (given.type === 'nothing' || asked.type === 'nothing') return { type: 'nothing' };
  const isOwn = teacher.isAlike && moduleName(tree, module) === moduleName(teacher.tree, teacher.module);
  if (isOwn) return { type: 'agree' };
  const known = compareRecorded(given, asked, tree, teacher.tree);
  if (known !== null) return known;
  const own = knownSize(moduleSpec(tree, module), target);
  const other = knownSize(moduleSpec(teacher.tree, teacher.module), target);
  const isCertain = own !== null && other !== null && own.fromLast === other.fromLast && own.size !== other.size && own.size !== 1 && other.size !== 1;
  if (!isCertain) return { type: 'open', need: 'shapes' };
  return own.fromLast === 1
    ? { type: 'shapes', broadcasts: false, adapts: null, widths: [own.size, other.size] }
    : { type: 'shapes', broadcasts: false, adapts: false, widths: null };
}

/** With the calls of both recorded on the same input. */
function compareRecorded(given: MetTarget, asked: MetTarget, tree: ModuleTree, teacher: ModuleTree): StatePair | null {
  if (given.type !== 'tensor' || asked.type !== 'tensor' || given.shape === null || asked.shape === null) return null;
  if (JSON.stringify(tree.graph?.dummy) !== JSON.stringify(teacher.graph?.dummy)) return null;
  const [own, other] = [given.shape, asked.shape];
  const differs = Array.from({ length: Math.min(own.length, other.length) }, (_, place) => {
    const [size, asks] = [own.at(-1 - place), other.at(-1 - place)];
    return size !== asks && size !== 1 && asks !== 1;
  });
  const widths: readonly [number, number] = [own.at(-1) ?? 1, other.at(-1) ?? 1];
  if (own.join() === other.join()) return { type: 'agree' };
  return { type: 'shapes', broadcasts: !differs.includes(true), adapts: !differs.slice(1).includes(true), widths };
}
