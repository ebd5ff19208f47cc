import type { OfferedRename, SubConfigChange } from '../../core/plan/model-change.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useDocument } from '../shared/use-app.ts';
import { wordModelChange, wordRename } from '../start/word-change.ts';

const selectChange = (state: DerivedState) => state.modelChange;
const selectLists = (state: DocumentState) => state.history.present.lists;

/** The modules that the plan loses and gains with the opened model, and renames that would bring them back. */
export function ModelChangeDialog() {
  const shown = useDerived(selectChange);
  const { setView } = useActions();
  if (!shown) return null;
  const { from, to, change } = shown;
  const touched = change.subConfigs.filter(({ lostCount, gainedCount }) => lostCount + gainedCount > 0);
  return (
    <Dialog title="Modules that the plan loses and gains" onClose={() => setView({ dialog: null })} width="wide">
      <p className="mb-3">{wordModelChange(from, to, change)}</p>
      {change.renames.map((rename) => (
        <Rename key={`${rename.type} ${rename.text}`} rename={rename} />
      ))}
      {change.missing.length > 0 && (
        <div className="mb-3">
          <Names title={`Names in the plan that ${to} lacks`} names={change.missing} count={change.missing.length} />
        </div>
      )}
      {touched.map((each) => (
        <SubConfigNames key={each.id} change={each} />
      ))}
    </Dialog>
  );
}

function Rename({ rename }: { readonly rename: OfferedRename }) {
  const { takeRename } = useActions();
  return (
    <section aria-label={wordRename(rename)} className="mb-3 rounded-md border border-line p-3">
      <Button kind="primary" size="small" onClick={() => takeRename(rename)}>
        {wordRename(rename)}
      </Button>
      <ul className="mt-2 max-h-40 overflow-auto font-mono text-xs" tabIndex={0} aria-label="Changes of texts">
        {rename.rewrites.map(({ owner, from, to }) => (
          <li key={JSON.stringify(owner)} className="break-all">
            {from} <span aria-label="becomes">→</span> {to}
          </li>
        ))}
      </ul>
      {rename.left.length > 0 && (
        <p className="mt-2 text-muted">
          Left as they are, to be changed by hand: <span className="font-mono text-xs">{rename.left.join(', ')}</span>
        </p>
      )}
    </section>
  );
}

function SubConfigNames({ change }: { readonly change: SubConfigChange }) {
  const lists = useDocument(selectLists);
  const { mode, id, before, after, lost, lostCount, gained, gainedCount } = change;
  const place = lists[mode].findIndex((subConfig) => subConfig.id === id) + 1;
  const title = `Sub-config ${place} of ${mode}: ${formatQuantity(before, 'module')} before, ${after === 0 ? 'none' : formatCount(after)} now`;
  return (
    <section aria-label={title} className="mb-3">
      <h3 className="font-semibold">{title}</h3>
      {lostCount > 0 && <Names title={`Lost: ${formatCount(lostCount)}`} names={lost} count={lostCount} />}
      {gainedCount > 0 && <Names title={`Gained: ${formatCount(gainedCount)}`} names={gained} count={gainedCount} />}
    </section>
  );
}

interface NamesProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly count: number;
}

function Names({ title, names, count }: NamesProps) {
  return (
    <>
      <p className="mt-1 text-muted">{title}</p>
      <ul className="max-h-32 overflow-auto pl-3 font-mono text-xs" tabIndex={0} aria-label={title}>
        {names.map((name) => (
          <li key={name} className="break-all">
            {name === '' ? '(root)' : name}
          </li>
        ))}
        {count > names.length && <li className="font-sans text-muted">and {formatCount(count - names.length)} more</li>}
      </ul>
    </>
  );
}
