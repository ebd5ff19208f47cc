import { Check, Copy, Download } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { modes } from '../../core/config/mode.ts';
import { selectPlan } from '../../store/document-store.ts';
import { titleOfPlan } from '../plans/plan-wording.ts';
import { wordTreeOfLink } from '../plans/share-wording.ts';
import { copyText } from '../shared/copy-text.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useActions, useDocument, useEngine, useView } from '../shared/use-app.ts';
import { planFileName } from '../../core/plan/plan-file-name.ts';
import { downloadText } from '../shared/files/download.ts';

/** Some mail and chat programs cut links that are longer. */
const safeLength = 8000;

/** The whole plan as a link, and as a file. */
export function ShareDialog() {
  const { setView } = useActions();
  return (
    <Dialog title="Share the plan" width="medium" onClose={() => setView({ dialog: null })}>
      <div className="flex flex-col gap-6">
        <BrokenTexts />
        <LinkSection />
        <FileSection />
      </div>
    </Dialog>
  );
}

/** Modes whose JSON text is broken: its changes are not in the plan. */
function BrokenTexts() {
  const texts = useView((state) => state.listTexts);
  const broken = modes.filter((mode) => texts[mode]?.problem != null);
  if (broken.length === 0) return null;
  return (
    <p className="rounded border border-silent bg-silent-soft px-2.5 py-1.5 text-silent">
      The JSON text of the {broken.join(' and the ')} list has an error. The plan holds the list as it was before.
    </p>
  );
}

function LinkSection() {
  const plan = useDocument(selectPlan);
  const id = useId();
  const [withTrees, setWithTrees] = useState(true);
  const request = useMemo(() => ({ plan, withTrees }), [plan, withTrees]);
  const state = useAnswer('pack-link', request, plan, true);
  const packed = state.type === 'ready' ? state.answer : null;

  const references = [['tree', plan.tree] as const, ['teacher', plan.teacher] as const];
  const canCarry = references.some(([, reference]) => reference !== null && reference.sample === null);
  const url = packed ? `${location.origin}${location.pathname}#${packed.fragment}` : '';
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="font-semibold">
        As a link
      </h3>
      <p className="text-muted">
        The link holds the plan itself, packed behind the #: nothing is sent anywhere. Anyone with the link can read the
        plan. Opening the link adds a new plan and keeps the existing ones.
      </p>
      {state.type === 'failed' ? (
        <UnansweredLine part="The part that makes links" failure={state.failure} onRetry={state.retry} />
      ) : (
        <LinkField url={url} />
      )}
      {packed && (
        <ul className="list-disc pl-5 text-muted">
          {references.map(
            ([role, reference]) => reference && <li key={role}>{wordTreeOfLink(role, reference, packed)}</li>,
          )}
          {plan.tree === null && <li>The plan has no model yet.</li>}
          <li>
            {formatQuantity(url.length, 'character')}.
            {url.length > safeLength && ' Some mail and chat programs cut links of this length: send the file there.'}
          </li>
        </ul>
      )}
      {canCarry && (
        <label className="flex w-fit items-center gap-2">
          <input type="checkbox" checked={withTrees} onChange={(event) => setWithTrees(event.target.checked)} />
          Put the module tree into the link if it fits
        </label>
      )}
    </section>
  );
}

function LinkField({ url }: { readonly url: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  const copy = async () => {
    if (await copyText(url)) {
      setCopied('yes');
      return;
    }
    // Without permission the text is at least chosen.
    field.current?.focus();
    field.current?.select();
    setCopied('by-hand');
  };
  return (
    <>
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          value={url}
          aria-label="Link to the plan"
          onFocus={(event) => event.target.select()}
          className="h-7 min-w-0 flex-1 rounded border border-line-strong bg-sunken px-2 font-mono text-xs"
        />
        <Button
          kind="primary"
          icon={copied === 'yes' ? <Check size={14} /> : <Copy size={14} />}
          disabled={url === ''}
          onClick={() => void copy()}
        >
          {copied === 'yes' ? 'Copied' : 'Copy the link'}
        </Button>
      </div>
      <p role="status" className="text-muted empty:hidden">
        {copied === 'by-hand' && 'This browser does not let the page copy. The link is chosen: press Ctrl+C or ⌘C.'}
      </p>
    </>
  );
}

function FileSection() {
  const plan = useDocument(selectPlan);
  const engine = useEngine();
  const { keepState } = useActions();
  const id = useId();
  const [withTrees, setWithTrees] = useState(plan.tree !== null && plan.tree.sample === null);
  const [status, setStatus] = useState('');
  const save = async () => {
    const result = await engine.call('pack-file', { plan, withTrees });
    if (!result.ok) {
      setStatus(
        result.error.type === 'not-fetched'
          ? 'The file could not be written: a part of this page could not be fetched. Check the connection and try again.'
          : 'The file could not be written. Try again.',
      );
      return;
    }
    const file = planFileName(plan);
    downloadText(file, result.value.text);
    setStatus(`${titleOfPlan(plan.name)} was saved as ${file}.`);
    await keepState();
  };
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="font-semibold">
        As a file
      </h3>
      <p className="text-muted">
        All three lists, templates, labels, colours and assertions. Drop the file on the page to open it; the command
        line checks it too.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={<Download size={14} />} onClick={() => void save()}>
          Download the plan
        </Button>
        {plan.tree !== null && (
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={withTrees} onChange={(event) => setWithTrees(event.target.checked)} />
            With the module tree of {plan.tree.name} in it
          </label>
        )}
      </div>
      <p role="status" className="text-muted empty:hidden">
        {status}
      </p>
    </section>
  );
}
