import { useEffect, useEffectEvent } from 'react';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores } from '../shared/use-app.ts';
import type { OrderedLinks } from './link-order.ts';

/** Branches that are opened for links at most. */
const most = 12;

/** Opens branches of the student's tree that hold linked modules while the links are shown, and closes them again after. */
export function useLinkedBranches({ tree, runs }: OpenedTree, links: OrderedLinks): void {
  const { setView } = useActions();
  const { view } = useStores();
  const open = useEffectEvent(() => {
    const before = view.getState().openModules;
    const added = new Set<number>();
    for (const module of links.module) {
      const above: number[] = [];
      for (let at = tree.parent[module]!; at >= 0; at = tree.parent[at]!) if (!before.has(at) && !added.has(at)) above.push(at);
      // A module within a run stays within it.
      const isInRun = [module, ...above].some((at) => runs.runOf[at]! >= 0);
      if (isInRun) continue;
      if (added.size + above.length > most) break;
      for (const at of above) added.add(at);
    }
    if (added.size > 0) setView({ openModules: new Set([...before, ...added]) });
    return added;
  });
  const close = useEffectEvent((added: ReadonlySet<number>) => {
    const now = view.getState().openModules;
    if (added.size > 0) setView({ openModules: new Set([...now].filter((module) => !added.has(module))) });
  });
  useEffect(() => {
    const added = open();
    return () => close(added);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for each model
  }, [tree]);
}
