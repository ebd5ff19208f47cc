import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec, type NameLookup } from '../module-tree/tree-index.ts';
import { describeForwardPass, type ForwardPass } from './met-targets.ts';

/** A teacher as links are compared with it. */
export interface Teacher {
  readonly tree: ModuleTree;
  readonly lookup: NameLookup;
  readonly pass: ForwardPass;
  /** It has the student's modules, each of the student's kind. */
  readonly isAlike: boolean;
}

/** Combines the known facts about a teacher. `given`: `null` for a teacher with the student's own tree; `pass` is the student's. */
export function describeTeacher(tree: ModuleTree, given: ModuleTree | null, pass: ForwardPass, uncalled: ReadonlySet<string>): Teacher {
  const own = given ?? tree;
  return {
    tree: own,
    lookup: createNameLookup(own),
    pass: given === null ? pass : describeForwardPass(own, uncalled),
    isAlike: given === null || areAlike(tree, given),
  };
}

/** Every module of one is one of the other, with parameters of the same shapes. */
function areAlike(tree: ModuleTree, teacher: ModuleTree): boolean {
  if (tree === teacher) return true;
  if (tree.size !== teacher.size) return false;
  const equal = new Map<string, boolean>();
  for (let row = 0; row < tree.size; row++) {
    if (moduleName(tree, row) !== moduleName(teacher, row)) return false;
    const key = `${tree.specId[row]!} ${teacher.specId[row]!}`;
    const same = equal.get(key) ?? JSON.stringify(moduleSpec(tree, row)) === JSON.stringify(moduleSpec(teacher, row));
    equal.set(key, same);
    if (!same) return false;
  }
  return true;
}
