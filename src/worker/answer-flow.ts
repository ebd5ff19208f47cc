import { findDependencies } from '../core/graph/dependencies.ts';
import { explainSets } from '../core/graph/explain-sets.ts';
import { drawFlow, type FlowRequest } from '../core/graph/picture/draw-flow.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import type { GraphCalls, ShownSets } from './graph-calls.ts';
import { layOutFlow } from './lay-out-flow.ts';

const mostMembers = 200;
const mostTies = 50;

/** The flow around a module with the sets in it. */
export function answerFlow(tree: ModuleTree, request: FlowRequest): GraphCalls['draw-flow']['reply'] {
  const answer = drawFlow(tree, request);
  const rows = answer.type === 'picture' ? answer.boxes.flatMap((box) => (box.type === 'module' ? box.rows : [])) : [];
  return { picture: layOutFlow(tree, answer), sets: shownSets(tree, rows, request.module) };
}

function shownSets(tree: ModuleTree, rows: readonly number[], module: number): ShownSets {
  const dependencies = findDependencies(tree);
  const indexOf = new Map<number, number>();
  if (dependencies === null || !dependencies.ok) return { indexOf, chosen: null };
  const { sets, setOf } = dependencies.value;
  const numbers = new Map<number, number>();
  for (const [set, { length }] of sets.entries()) if (length > 1) numbers.set(set, numbers.size);
  for (const row of rows) {
    const index = numbers.get(setOf.get(row) ?? -1);
    if (index !== undefined) indexOf.set(row, index);
  }
  const set = setOf.get(module) ?? -1;
  const index = numbers.get(set);
  if (index === undefined) return { indexOf, chosen: null };
  const ties = explainSets(tree)?.[set] ?? [];
  const direct = ties.filter((tie) => tie.module === module || tie.layers.includes(module));
  const others = ties.filter((tie) => !direct.includes(tie));
  return { indexOf, chosen: { index, modules: sets[set]!.slice(0, mostMembers), ties: [...direct, ...others].slice(0, mostTies) } };
}
