import { useId, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import { findingsOfModule } from '../../../core/checks/concerned-modules.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { wordFinding } from '../../../core/checks/word-finding.ts';
import type { ModuleExplanation } from '../../../core/resolve/explain.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { foldReasons } from '../../inspector/fold-reasons.ts';
import { BreakableName, ResolvedSubConfigs, SentenceWords, useSelectsByType } from '../../inspector/SentenceText.tsx';
import { reasonSentence, verdictSentence } from '../../inspector/sentences.ts';
import { useResolvedSubConfigs } from '../../shared/use-resolved-sub-configs.ts';
import { formatQuantity } from '../../shared/format.ts';
import { placeInTree } from '../../shared/layers/place-layer.ts';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { SubConfigMark } from '../../shared/SubConfigMark.tsx';
import { useReply } from '../../shared/use-reply.ts';
import { useDerived, useSubConfigs, useView } from '../../shared/use-app.ts';
import { useNumberOf } from '../../shared/use-number-of.ts';
import { labelsOf } from './row-labels.ts';
import type { AskedRow } from './asked-row.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** A tooltip within the tree: the row's module, its outcome, and the reason of each sub-config. */
export function RowWhy({ asked }: { readonly asked: AskedRow }) {
  const tree = useDerived(selectTree);
  const subConfigs = useResolvedSubConfigs();
  const explanation = useExplanation(asked.row.module);
  if (!tree || !explanation) return null;
  const { row, element } = asked;
  const labels = labelsOf(tree, row);
  return (
    <ResolvedSubConfigs value={subConfigs}>
      <Tooltip key={row.id} of={element}>
        <p className="font-mono text-xs">
          <BreakableName name={labels.fullName} />
        </p>
        <p className="text-xs text-muted">{labels.shape === '' ? labels.type : `${labels.type} · ${labels.shape}`}</p>
        {row.runLength > 0 && (
          <p className="mt-1 text-xs text-muted">
            {formatQuantity(row.runLength, 'equal module')}; this is said of the first.
          </p>
        )}
        <Reasons explanation={explanation} />
        <Findings explanation={explanation} />
      </Tooltip>
    </ResolvedSubConfigs>
  );
}

function Tooltip({ of: row, children }: { readonly of: HTMLElement; readonly children: ReactNode }) {
  const id = useId();
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tooltip = layer.current;
    if (!tooltip) return undefined;
    row.setAttribute('aria-describedby', id);
    tooltip.showPopover();
    placeInTree(tooltip, row);
    return () => row.removeAttribute('aria-describedby');
  }, [row, id]);
  return (
    <div
      ref={layer}
      id={id}
      role="tooltip"
      popover="manual"
      className="pointer-events-none fixed max-h-[50vh] overflow-hidden rounded-md border border-line bg-raised px-3 py-2 text-sm text-text shadow-lg"
    >
      {children}
    </div>
  );
}

/** A tooltip does not scroll; the panel of the module's settings has all of them. */
const mostReasons = 10;

function Reasons({ explanation }: { readonly explanation: ModuleExplanation }) {
  const selectsByType = useSelectsByType();
  const list = useSubConfigs();
  const off = list.flatMap((subConfig, index) => (subConfig.enabled ? [] : [{ subConfig, number: index + 1 }]));
  const { told, passing } = foldReasons(explanation.subConfigs);
  const left = Math.max(0, told.length - mostReasons) + Math.max(0, off.length - mostReasons);
  return (
    <>
      <p className="mt-1">
        <SentenceWords sentence={verdictSentence(explanation, selectsByType)} />.
      </p>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs text-muted">
        {told.slice(0, mostReasons).map(({ subConfig, reason }) => (
          <li key={subConfig}>
            <SentenceWords sentence={[{ type: 'mark', subConfig }, ' ', ...reasonSentence(subConfig, reason, selectsByType)]} />
          </li>
        ))}
        {passing > 0 && <li>{formatQuantity(passing, told.length > 0 ? 'other' : 'sub-config')}: no match</li>}
        {off.slice(0, mostReasons).map(({ subConfig, number }) => (
          <li key={subConfig.id}>
            <SubConfigMark number={number} color={subConfig.color} state="off" label={`Sub-config #${number}`} /> is off
          </li>
        ))}
        {left > 0 && <li>and {formatCount(left)} more</li>}
      </ul>
    </>
  );
}

const mostFindings = 3;

/** The findings of the module, the gravest first; their fixes are in the panel of its settings. */
function Findings({ explanation }: { readonly explanation: ModuleExplanation }) {
  const numberOf = useNumberOf();
  const findings = useDerived(selectLists)[useView(selectMode)]?.findings ?? [];
  const own = findingsOfModule(findings, explanation);
  if (own.length === 0) return null;
  return (
    <ul aria-label="Findings" className="mt-1 flex flex-col gap-0.5 border-t border-line pt-1 text-xs">
      {own.slice(0, mostFindings).map((finding, index) => (
        // Findings have no identity but their place.
        <li key={index} className="flex gap-1.5">
          <SeverityIcon severity={finding.severity} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{wordFinding(finding, numberOf).title}</span>
        </li>
      ))}
      {own.length > mostFindings && <li className="text-muted">and {formatCount(own.length - mostFindings)} more</li>}
    </ul>
  );
}

/** The engine's explanation of a module under the current list; `null` until it has answered. */
function useExplanation(module: number): ModuleExplanation | null {
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const question = useMemo(() => list && { request: { mode, module }, about: list }, [mode, module, list]);
  const explanation = useReply('explain-row', question)?.value ?? null;
  return explanation?.module === module ? explanation : null;
}
