import { useEffect, useEffectEvent } from 'react';
import { pathTo } from '../../core/module-tree/tree-index.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores } from '../shared/use-app.ts';
import { runsAbove } from '../tree/rows/visible-rows.ts';
import type { OrderedLinks } from './link-order.ts';

/** Rows that are added for links at most; a branch counts as a few, a run as its members. */
const room = 80;
const rowsOfBranch = 4;

interface Opened {
  readonly modules: ReadonlySet<number>;
  readonly runs: ReadonlySet<number>;
}

/** Opens branches of the student's tree that hold linked modules while the links are shown, and closes them again after. */
export function useLinkedBranches({ tree, runs }: OpenedTree, links: OrderedLinks): void {
  const { setView } = useActions();
  const { view } = useStores();
  const open = useEffectEvent((): Opened => {
    const { openModules, openRuns } = view.getState();
    const added = { modules: new Set<number>(), runs: new Set<number>() };
    let rows = 0;
    for (const module of links.module) {
      const above = pathTo(tree, module).slice(0, -1).filter((at) => !openModules.has(at) && !added.modules.has(at));
      const closedRuns = runsAbove(tree, runs, module).filter((run) => !openRuns.has(run) && !added.runs.has(run));
      rows += above.length * rowsOfBranch + closedRuns.reduce((sum, run) => sum + runs.length[runs.runOf[run]!]!, 0);
      if (rows > room) break;
      for (const at of above) added.modules.add(at);
      for (const run of closedRuns) added.runs.add(run);
    }
    setView({ openModules: new Set([...openModules, ...added.modules]), openRuns: new Set([...openRuns, ...added.runs]) });
    return added;
  });
  const close = useEffectEvent((added: Opened) => {
    const { openModules, openRuns } = view.getState();
    const left = (all: ReadonlySet<number>, gone: ReadonlySet<number>) => new Set([...all].filter((item) => !gone.has(item)));
    setView({ openModules: left(openModules, added.modules), openRuns: left(openRuns, added.runs) });
  });
  useEffect(() => {
    const added = open();
    return () => close(added);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once for each model
  }, [tree]);
}
