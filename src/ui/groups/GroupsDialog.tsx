import { useState } from 'react';
import { wordRecording } from '../../core/graph/word-recording.ts';
import type { GroupsPreview, PreviewForm } from '../../core/checks/preview-groups.ts';
import { isConfigObject } from '../../core/config/value.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { useActions, useDerived, useStores } from '../shared/use-app.ts';
import { wordCallShape } from '../shared/word-call-shape.ts';
import { NewListPreview } from './NewListPreview.tsx';
import { NoGraph } from './NoGraph.tsx';
import { SetList } from './SetList.tsx';
import { joinNames } from './tie-wording.ts';
import { useGroupsPreview } from './use-groups-preview.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
/** More sub-configs than this slow the page down and are refused by it (rule E4). */
const mostSubConfigs = 5000;

/** Gives modules that must lose the same channels a common dependency group, as NNI's own function does. */
export function GroupsDialog() {
  const { setView, edit } = useActions();
  const { document, view } = useStores();
  const tree = useDerived(selectTree);
  const [form, setForm] = useState<PreviewForm>('named');
  const [leavesOut, setLeavesOut] = useState(false);
  const state = useGroupsPreview(form, leavesOut);
  const preview = state.type === 'ready' ? state.answer : null;
  const list = preview?.type === 'sets' ? preview.list.filter(isConfigObject) : [];
  const tooLong = list.length > mostSubConfigs;
  const close = () => setView({ dialog: null });
  const take = () => {
    edit({ type: 'replace-list', mode: 'pruning', list, label: 'Set dependency groups' });
    // One line each: what they say together counts, not the form of one.
    const written = selectPlan(document.getState()).lists.pruning.filter(({ enabled }) => enabled);
    setView({ dialog: null, collapsedSubConfigs: new Set([...view.getState().collapsedSubConfigs, ...written.map(({ id }) => id)]) });
  };
  return (
    <Dialog
      title="Set dependency groups"
      width="wide"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" disabled={list.length === 0 || tooLong} onClick={take}>
            {list.length === 0 ? 'Set groups' : `Write ${formatQuantity(list.length, 'sub-config')}`}
          </Button>
        </>
      }
    >
      {tree !== null && preview !== null && (
        <Found preview={preview} tree={tree} form={form} onForm={setForm} leavesOut={leavesOut} onLeavesOut={setLeavesOut} tooLong={tooLong} />
      )}
      {state.type === 'waiting' && <p className="text-muted">Following the data …</p>}
      {state.type === 'failed' && <UnansweredLine part="The search for dependency groups" failure={state.failure} onRetry={state.retry} />}
    </Dialog>
  );
}

interface FoundProps {
  readonly preview: GroupsPreview;
  readonly tree: ModuleTree;
  readonly form: PreviewForm;
  readonly onForm: (form: PreviewForm) => void;
  readonly leavesOut: boolean;
  readonly onLeavesOut: (leavesOut: boolean) => void;
  readonly tooLong: boolean;
}

function Found({ preview, tree, form, onForm, leavesOut, onLeavesOut, tooLong }: FoundProps) {
  if (preview.type === 'no-graph') return <NoGraph />;
  if (preview.type === 'raises') return <Raises error={preview.error} />;
  const { sets, list, leftOut, selectedCount, failure, doubts } = preview;
  const recordedBy = tree.graph?.recordedBy ?? '';
  const dummy = tree.graph === null ? '' : wordCallShape(tree.graph.dummy);
  const hasParts = sets.some(({ parts }) => parts.length > 0);
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[70ch] text-muted">
        Modules whose outputs are added to each other must lose the same channels. NNI’s{' '}
        <code className="font-mono text-xs">auto_set_denpendency_group_ids</code> finds the same sets from your model and
        {dummy === '' ? ' its input' : ` the same input, ${dummy}`}. An input that takes another branch of the code can tie other modules.
      </p>
      {recordedBy !== '' && (
        <p className="max-w-[70ch] text-later">{wordRecording(recordedBy, doubts)}</p>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <section aria-label="Sets" className="flex min-w-0 flex-col gap-2">
          <h3 className="font-medium">{sets.length === 0 ? 'No module is tied to another' : `${formatQuantity(sets.length, 'set')} in this model`}</h3>
          {sets.length > 0 && <SetList sets={sets} tree={tree} />}
        </section>
        <section aria-label="New list" className="flex min-w-0 flex-col gap-2">
          <h3 className="font-medium">
            {selectedCount === 0 ? 'The list selects nothing yet' : `The list becomes ${formatQuantity(list.length, 'sub-config')}`}
          </h3>
          {selectedCount === 0 ? (
            <p className="text-muted">Add a sub-config that prunes the layers first, for example all Conv2d by half. Its settings stay; its modules are sorted by set.</p>
          ) : (
            <>
              <FormChoice form={form} onForm={onForm} />
              {(hasParts || leftOut.length > 0) && (
                <label className="flex items-start gap-2">
                  <input type="checkbox" className="mt-1" checked={leavesOut} onChange={(event) => onLeavesOut(event.target.checked)} />
                  <span>
                    Leave out the smaller part of sets that cannot be pruned together
                    {leftOut.length > 0 && <span className="block text-xs text-muted">Not pruned: {joinNames(leftOut.map((row) => moduleName(tree, row)))}</span>}
                  </span>
                </label>
              )}
              {failure !== null && (
                <details className="text-xs text-muted">
                  <summary className="w-fit cursor-pointer rounded text-later">NNI’s pruner fails on this list</summary>
                  <code className="font-mono [overflow-wrap:anywhere]">
                    {failure.type}
                    {failure.message === '' ? '' : `: ${failure.message}`}
                  </code>
                </details>
              )}
              {tooLong && <p className="text-xs text-refused">The page takes lists of up to 5,000 sub-configs. `espalier groups --literal` writes longer ones.</p>}
              {sets.every(({ selected }) => selected.length < 2) && <p className="text-xs text-muted">No set has two modules in the list, so there is no group to write.</p>}
              <NewListPreview list={list} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function Raises({ error }: { readonly error: { readonly type: string; readonly message: string } }) {
  const [first = ''] = error.message.split('\n');
  return (
    <div className="flex flex-col gap-1">
      <p>NNI’s function cannot follow this model, or this list.</p>
      <p className="font-mono text-xs text-later">
        {error.type}
        {first === '' ? '' : `: ${first}`}
      </p>
    </div>
  );
}

const forms: readonly { readonly form: PreviewForm; readonly title: string; readonly note: string }[] = [
  { form: 'named', title: 'One sub-config per set', note: 'Ids are names of modules. Modules that are tied to nothing share a sub-config.' },
  { form: 'literal', title: 'As NNI writes it', note: 'One sub-config per module, ids g0, g1 … (NNI’s own are random).' },
];

function FormChoice({ form, onForm }: { readonly form: PreviewForm; readonly onForm: (form: PreviewForm) => void }) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">Form of the list</legend>
      {forms.map((choice) => (
        <label key={choice.form} className="flex items-start gap-2">
          <input type="radio" name="groups-form" className="mt-1" checked={form === choice.form} onChange={() => onForm(choice.form)} />
          <span>
            {choice.title}
            <span className="block text-xs text-muted">{choice.note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
