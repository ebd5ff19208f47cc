import { useState } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { NoGraph } from '../groups/NoGraph.tsx';
import { Button } from '../shared/Button.tsx';
import { EmptyState } from '../shared/EmptyState.tsx';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { FlowDrawing } from './FlowDrawing.tsx';
import { FlowHeader } from './FlowHeader.tsx';
import { FlowTies } from './FlowTies.tsx';
import { ModelSets } from './ModelSets.tsx';
import { noChoice, useFlow, type FlowChoice } from './use-flow.ts';
import { useSubConfigOf } from './use-sub-config-of.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectModule = (state: ViewState) => state.focus[0] ?? null;

/** How the data flows around the chosen module; without one, which modules of the model are tied to each other. */
export function FlowPanel() {
  const tree = useDerived(selectTree);
  const module = useView(selectModule);
  if (tree === null) return null;
  if (tree.graph === null) {
    return (
      <div className="overflow-auto p-4">
        <NoGraph />
      </div>
    );
  }
  return module === null || module >= tree.size ? <ModelSets tree={tree} /> : <FlowOfModule key={tree.model} tree={tree} module={module} />;
}

function FlowOfModule({ tree, module }: { readonly tree: ModuleTree; readonly module: number }) {
  const { revealModule } = useActions();
  const [choice, setChoice] = useState<FlowChoice>(noChoice);
  const state = useFlow(module, choice);
  const subConfigOf = useSubConfigOf();
  if (state.type === 'waiting') return <p className="p-4 text-muted">Drawing …</p>;
  if (state.type === 'failed') return <UnansweredLine isInset part="The data flow" failure={state.failure} onRetry={state.retry} />;
  const { picture, sets } = state.answer;
  if (picture.type !== 'picture') {
    const around = tree.parent[module]!;
    return (
      <EmptyState
        title="The model never runs this module"
        actions={around > 0 && <Button onClick={() => revealModule(around)}>Show the flow around {moduleName(tree, around)}</Button>}
      >
        In the forward pass that was recorded no data goes through it. Its weights may be used by the module around it, as in nn.MultiheadAttention.
      </EmptyState>
    );
  }
  const { frame, open } = picture;
  const openModule = (row: number) => {
    if (isIn(tree, frame, row)) setChoice({ frame, opened: [...choice.opened, row], folded: choice.folded.filter((other) => other !== row) });
    else revealModule(row);
  };
  const foldModule = (row: number) =>
    setChoice({ frame, opened: choice.opened.filter((other) => !isIn(tree, row, other)), folded: [...choice.folded, row] });
  return (
    <>
      <FlowHeader tree={tree} frame={frame} open={open} leftOut={picture.leftOut} onFrame={(row) => setChoice({ ...noChoice, frame: row })} onFold={foldModule} />
      <FlowDrawing
        tree={tree}
        label={`Data flow around ${describe(tree, module)}`}
        module={module}
        picture={picture}
        setOf={(row) => sets.indexOf.get(row) ?? null}
        subConfigOf={subConfigOf}
        onChoose={(row) => {
          // A module chosen in the picture does not change the frame.
          if (isIn(tree, frame, row)) setChoice({ ...choice, frame });
          revealModule(row);
        }}
        onOpen={openModule}
      />
      {sets.chosen !== null && <FlowTies chosen={sets.chosen} module={module} tree={tree} onChoose={revealModule} />}
    </>
  );
}

function isIn(tree: ModuleTree, frame: number, row: number): boolean {
  return row >= frame && row < tree.end[frame]!;
}

function describe(tree: ModuleTree, row: number): string {
  return row === 0 ? 'the model' : moduleName(tree, row);
}
