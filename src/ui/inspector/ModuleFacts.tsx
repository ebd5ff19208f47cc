import type { ModuleTree, TensorInfo } from '../../core/module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { formatShape } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { ModuleRunFacts } from './ModuleRunFacts.tsx';
import type { ExplanationGroup } from './group-explanations.ts';
import { NamedFact } from './NamedFact.tsx';
import { BreakableName } from './SentenceText.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Type, class and tensors of a module; for several modules, the facts that they share. */
export function ModuleFacts({ group }: { readonly group: ExplanationGroup }) {
  const tree = useDerived(selectTree);
  const { module } = group.members[0]!;
  if (!tree || module >= tree.size) return null;
  const { className, parameters, buffers } = moduleSpec(tree, module);
  const alone = group.members.length === 1;
  if (group.moduleType === null && !alone) return null;
  return (
    <>
      <p className="text-muted">
        {group.moduleType ?? 'type not in the source'}
        {className !== null && className !== group.moduleType && (
          <span className="font-mono text-xs [overflow-wrap:anywhere]"> · {className}</span>
        )}
      </p>
      {alone && (
        <>
          {parameters === null ? (
            <p className="text-muted">The source does not list parameters.</p>
          ) : (
            <Tensors kind="Parameters" tensors={parameters} prefix={moduleName(tree, module)} tree={tree} />
          )}
          {buffers !== null && (
            <Tensors kind="Buffers" tensors={buffers} prefix={moduleName(tree, module)} tree={tree} />
          )}
          <LatePart part="How the model runs the module">
            <ModuleRunFacts module={module} />
          </LatePart>
          <Sharing tree={tree} module={module} />
        </>
      )}
    </>
  );
}

function Tensors({ kind, tensors, prefix, tree }: {
  readonly kind: string;
  readonly tensors: readonly TensorInfo[];
  readonly prefix: string;
  readonly tree: ModuleTree;
}) {
  if (tensors.length === 0) return null;
  return (
    <ul aria-label={kind} className="flex flex-col text-muted">
      {tensors.map(({ name, shape, dtype, isNone, isFrozen }) => {
        const tiedTo = tree.tiedTo.get(prefix === '' ? name : `${prefix}.${name}`);
        return (
          <NamedFact key={name} name={name}>
            {isNone ? 'None' : shape === null ? 'shape unknown' : formatShape(shape)}
            {!isNone && dtype !== null && dtype !== 'float32' && ` ${dtype}`}
            {isFrozen === true && ' · frozen'}
            {tiedTo !== undefined && (
              <>
                {' '}
                · the same tensor as{' '}
                <span className="font-mono text-xs">
                  <BreakableName name={tiedTo} />
                </span>
              </>
            )}
          </NamedFact>
        );
      })}
    </ul>
  );
}

function Sharing({ tree, module }: { readonly tree: ModuleTree; readonly module: number }) {
  const { revealModule } = useActions();
  const first = tree.sharedWith.get(module);
  if (first === undefined || first === module) return null;
  return (
    <p className="text-muted">
      The same module object as{' '}
      <button
        type="button"
        onClick={() => revealModule(first)}
        className="text-left font-mono text-xs underline decoration-line-strong underline-offset-2"
      >
        <BreakableName name={moduleName(tree, first)} />
      </button>
      : selected under both names, NNI refuses it.
    </p>
  );
}
