import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Proposal, Proposals } from '../../core/proposals/proposal.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { Proposing } from '../../store/view-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import type { AnswerState } from '../shared/use-answer.ts';
import { ProposalItem } from './ProposalItem.tsx';
import { textOfSample } from './proposal-text.ts';

/** The proposals, exact ones first, and the near misses. */
export function ProposalList({ state, type, modules, tree, onLook, onTake }: {
  readonly state: AnswerState<Proposals>;
  readonly type: Proposing['type'];
  /** How many were chosen. */
  readonly modules: number;
  readonly tree: ModuleTree;
  readonly onLook: (proposal: Proposal) => void;
  readonly onTake: (proposal: Proposal) => void;
}) {
  if (state.type === 'waiting') return <p role="status" className="px-3 py-2 text-muted">Trying patterns on the model …</p>;
  if (state.type === 'failed') return <UnansweredLine isInset part="The search for proposals" failure={state.failure} onRetry={state.retry} />;
  const { proposals, goal, already, near } = state.answer;
  if (proposals.length === 0) {
    return <p role="status" className="px-3 py-2 text-muted">{nothingToDo(type, modules)}</p>;
  }
  const groups = [
    { name: `Exactly ${type === 'new' ? 'these' : 'that'}: ${formatQuantity(goal, 'module')} selected`, fit: 'exact' },
    { name: 'Broader, takes others too', fit: 'broader' },
  ] as const;
  return (
    <div className="min-h-0 flex-1 overflow-auto p-1">
      {already > 0 && (
        <p className="px-2 py-1 text-xs text-muted">
          {formatCount(already)} of them {already === 1 ? 'is' : 'are'}{' '}
          {type === 'add' ? 'selected already' : 'not selected anyway'}.
        </p>
      )}
      {groups.map(({ name, fit }) => {
        const own = proposals.filter((proposal) => proposal.fit === fit);
        return (
          own.length > 0 && (
            <section key={fit} aria-label={name}>
              <h3 className="px-2 pt-1.5 pb-0.5 text-xs font-medium text-muted">{name}</h3>
              {own.map((proposal) => (
                <ProposalItem
                  key={JSON.stringify(proposal.changes).slice(0, 2000)}
                  proposal={proposal}
                  tree={tree}
                  onLook={() => onLook(proposal)}
                  onTake={() => onTake(proposal)}
                />
              ))}
            </section>
          )
        );
      })}
      {near.count > 0 && (
        <p className="border-t border-line px-2 py-1.5 text-xs wrap-anywhere text-muted">
          Left out, other numbers only: <span className="font-mono">{textOfSample(tree, near, 4)}</span>
        </p>
      )}
    </div>
  );
}

function nothingToDo(type: Proposing['type'], modules: number): string {
  const what = modules === 1 ? 'it' : 'them';
  if (type === 'add') return `This sub-config selects ${what} already.`;
  return type === 'exclude' ? `This sub-config does not select ${what}.` : 'Choose modules in the tree first.';
}
