import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Proposal } from '../../core/proposals/proposal.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { textOfChange, textOfFit, textOfSample } from './proposal-text.ts';

/** One proposal: its text, and how well it matches. A click takes it; the pointer or the focus shows it in the tree. */
export function ProposalItem({ proposal, tree, onLook, onTake }: {
  readonly proposal: Proposal;
  readonly tree: ModuleTree;
  readonly onLook: () => void;
  readonly onTake: () => void;
}) {
  const { fit, count, extra, changes } = proposal;
  return (
    <button
      type="button"
      data-proposal=""
      onFocus={onLook}
      onPointerEnter={onLook}
      onClick={onTake}
      className="flex w-full items-start gap-3 rounded px-2 py-1.5 text-left hover:bg-hover focus-visible:bg-hover"
    >
      <span className="flex min-w-0 flex-1 flex-col gap-1">
        {changes.map(textOfChange).map(({ key, strings, rest }) => (
          <span key={key} className="flex min-w-0 flex-col">
            <span className="text-[11px] text-muted">{key}</span>
            {strings.map((text) => (
              <span key={text} className="font-mono text-code break-all">
                {text}
              </span>
            ))}
            {rest !== '' && <span className="text-xs text-muted">{rest}</span>}
          </span>
        ))}
        {extra.count > 0 && (
          <span className="text-xs wrap-anywhere text-muted">
            Also takes <span className="font-mono">{textOfSample(tree, extra, 3)}</span>
          </span>
        )}
      </span>
      <span className="shrink-0 pt-3.5 text-right font-mono text-xs">
        {formatCount(count)} <span className={fit === 'exact' ? 'text-muted' : 'text-silent'}>{textOfFit(proposal)}</span>
      </span>
    </button>
  );
}
