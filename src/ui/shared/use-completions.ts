import { useMemo } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { TreeRole } from '../../worker/protocol.ts';
import { useReply } from './use-reply.ts';
import { useDerived } from './use-app.ts';
import { filterOptions, mostOptions, type Option } from './options.ts';

/** Where options come from: a list to filter, or the module names of a model. */
export type OptionSource =
  | { readonly type: 'options'; readonly options: readonly Option[] }
  | { readonly type: 'names'; readonly role: TreeRole; readonly first?: readonly Option[] };

const none: readonly Option[] = [];
const selectTrees = {
  student: (state: DerivedState) => state.student?.tree ?? null,
  teacher: (state: DerivedState) => (state.teacher ?? state.student)?.tree ?? null,
} as const;

/** Options that hold the text, those that begin with it first. Asks for names only while `active`. */
export function useCompletions(source: OptionSource, text: string, active: boolean): readonly Option[] {
  const role = source.type === 'names' ? source.role : 'student';
  const tree = useDerived(selectTrees[role]);
  const asksForNames = active && source.type === 'names';
  const question = useMemo(
    () => (tree && asksForNames ? { request: { text, most: mostOptions, role }, about: tree } : null),
    [tree, asksForNames, text, role],
  );
  const reply = useReply('complete', question);
  const names = useMemo(() => (reply ? namesOf(reply.question.about, reply.value.modules) : none), [reply]);

  if (source.type === 'options') return filterOptions(source.options, text);
  return source.first ? [...filterOptions(source.first, text), ...names].slice(0, mostOptions) : names;
}

function namesOf(tree: ModuleTree, modules: readonly number[]): readonly Option[] {
  return modules
    .filter((module) => module > 0 && module < tree.size)
    .map((module) => ({ value: moduleName(tree, module), hint: tree.types[tree.typeId[module]!] ?? '' }));
}
