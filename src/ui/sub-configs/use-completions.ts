import { useEffect, useMemo, useState } from 'react';
import { countTypes, moduleName } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { useDerived, useEngine } from '../shared/use-app.ts';

export interface Completion {
  readonly value: string;
  readonly hint: string;
}

const most = 40;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const none: readonly Completion[] = [];

/** Types of the model with their counts, or the names that hold what is typed. */
export function useCompletions(kind: 'types' | 'names', text: string): readonly Completion[] {
  const tree = useDerived(selectTree);
  const engine = useEngine();
  const [names, setNames] = useState(none);
  const types = useMemo(() => {
    if (!tree || kind !== 'types') return none;
    const counts = countTypes(tree);
    return tree.types
      .map((value, id) => ({ value, hint: formatQuantity(counts[id] ?? 0, 'module') }))
      .filter(({ value }) => value !== '');
  }, [tree, kind]);

  useEffect(() => {
    if (!tree || kind !== 'names' || text === '') return undefined;
    let current = true;
    void engine.call('complete', { text, most }).then((result) => {
      if (!current || !result.ok) return;
      setNames(result.value.modules.map((module) => ({ value: moduleName(tree, module), hint: tree.types[tree.typeId[module]!] ?? '' })));
    });
    return () => {
      current = false;
    };
  }, [tree, kind, text, engine]);

  return kind === 'types' ? types : names;
}
