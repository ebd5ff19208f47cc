import { Fragment, useEffect, useMemo } from 'react';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';
import { visibleName } from '../../../core/module-tree/visible-name.ts';
import type { ModuleSample } from '../../../core/proposals/proposal.ts';
import type { PatternPart } from '../../../core/python-re/explain.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { useReply } from '../../shared/use-reply.ts';
import { useActions, useDerived, useDocument } from '../../shared/use-app.ts';
import { wordSeconds } from '../../../core/text/word-seconds.ts';
import { wordGap } from './gap-words.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectPython = (state: DocumentState) => state.history.present.python;

/** A pattern part by part, its matches, its near misses, and the blocks that it leaves out. */
export function PatternDescriptionView({ pattern, onChange }: {
  readonly pattern: string;
  /** Called when the text has another size. */
  readonly onChange: () => void;
}) {
  const tree = useDerived(selectTree);
  const python = useDocument(selectPython);
  const question = useMemo(() => ({ request: { pattern, python }, about: null }), [pattern, python]);
  const reply = useReply('describe-pattern', question);
  useEffect(onChange, [reply, onChange]);
  if (!tree) return null;
  if (!reply) return <p className="text-muted">Looking …</p>;
  const { question: { request: { pattern: to } }, value: description } = reply;
  if (description.type === 'invalid') {
    const { type, message } = description.error;
    return <p className="text-refused">{`${type}: ${message}`}</p>;
  }
  const { parts, count, examples, cut, near, inside, gaps, slowSeconds } = description;
  return (
    <div aria-busy={to !== pattern} className="flex flex-col gap-2">
      {parts.length === 0 ? (
        <p>Empty: it matches every name, as nothing is asked for.</p>
      ) : (
        <dl aria-label="Parts" className="grid grid-cols-[minmax(2rem,max-content)_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <Parts parts={parts} pattern={to} depth={0} />
        </dl>
      )}
      {slowSeconds !== null && <p className="text-silent">Python would hang on this for {wordSeconds(slowSeconds)}.</p>}
      <Names title={`Matches ${formatQuantity(count, 'module')}`} sample={{ count, first: examples }} tree={tree} />
      <Names title="Probably unintended: the match ends within a word or number" sample={cut} tree={tree} warns />
      <Names title="Near misses" sample={near} tree={tree} />
      <Names title="No match: it fits, but not from the start of the name" sample={inside} tree={tree} />
      {gaps.map((gap) => (
        <p key={gap.first} className="text-silent">
          Matches {wordGap(tree, gap)}
        </p>
      ))}
    </div>
  );
}

const deepest = 2;

function Parts({ parts, pattern, depth }: {
  readonly parts: readonly PatternPart[];
  readonly pattern: string;
  readonly depth: number;
}) {
  return parts.map((part) => (
    <Fragment key={`${part.from} ${part.to} ${part.text}`}>
      <dt className="max-w-40 font-mono wrap-anywhere" style={{ paddingLeft: depth * 12 }}>
        {visibleName(pattern.slice(part.from, part.to))}
      </dt>
      <dd className="text-muted">
        <WithCode text={part.text} />
      </dd>
      {depth < deepest && saysMore(part) && <Parts parts={part.parts} pattern={pattern} depth={depth + 1} />}
    </Fragment>
  ));
}

/** A text whose `code` is shown as code. */
function WithCode({ text }: { readonly text: string }) {
  return text.split(/`([^`]+)`/).map((piece, at) =>
    at % 2 === 0 ? (
      piece
    ) : (
      <code key={at} className="rounded bg-chosen/60 px-0.5 font-mono text-text">
        {piece}
      </code>
    ),
  );
}

/** Whether the parts of a part say more than its own text. */
function saysMore({ text, parts: [only, second] }: PatternPart): boolean {
  return only !== undefined && (second !== undefined || !text.includes(only.text));
}

/** Some names; a click shows the module in the tree. Nothing where there are none. */
function Names({ title, sample: { count, first }, tree, warns = false }: {
  readonly title: string;
  readonly sample: ModuleSample;
  readonly tree: ModuleTree;
  readonly warns?: boolean;
}) {
  const { revealModule } = useActions();
  if (first.length === 0) return <>{title.startsWith('Matches') && <p className="text-silent">Matches no module.</p>}</>;
  const rest = count - first.length;
  return (
    <div role="group" aria-label={title}>
      <p className={warns ? 'text-silent' : 'text-muted'}>{title}</p>
      <p className="flex flex-wrap gap-x-2">
        {first.map((module) => (
          <button
            key={module}
            type="button"
            onClick={() => revealModule(module)}
            className="rounded text-left font-mono wrap-anywhere hover:underline"
          >
            {visibleName(moduleName(tree, module)) || '(root)'}
          </button>
        ))}
        {rest > 0 && <span className="text-muted">and {formatCount(rest)} more</span>}
      </p>
    </div>
  );
}
