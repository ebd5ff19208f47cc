import { useMemo } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { schemaFindings } from '../../core/checks/schema-findings.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import type { Mode } from '../../core/config/mode.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import { exportedList } from '../../core/plan/export-list.ts';
import { selectPlan } from '../../store/document-store.ts';
import { useDocument } from '../shared/use-app.ts';
import { numbersOfCards } from '../shared/use-number-of.ts';

/** What is known of a list as long as no model is open. */
export interface VerdictAlone {
  readonly state: 'refused' | 'empty';
  readonly text: string;
  /** Exception of the first refusal, as Python prints it. */
  readonly exception: string | null;
  readonly findings: readonly Finding[];
  /** The numbers of the cards, by place in the list without what is off. */
  readonly numberOf: NumberOf;
}

/** NNI's verdict on a list without a model: its check of keys and values looks at none (rules L, V). */
export function useVerdictAlone(mode: Mode): VerdictAlone {
  const list = useDocument((state) => selectPlan(state).lists[mode]);
  return useMemo(() => {
    const findings = schemaFindings(exportedList(list), mode);
    const numberOf = numbersOfCards(list.flatMap(({ enabled }, at) => (enabled ? [at + 1] : [])));
    const [first] = findings;
    if (first === undefined) {
      const text = list.length === 0 ? 'The list is empty' : 'NNI accepts the keys and values. What the list selects, and whether it runs, needs a model';
      return { state: 'empty', text, exception: null, findings, numberOf };
    }
    const title = wordFinding(first, numberOf).title.replace(/\.$/, '');
    const text = `Refused with any model: ${title}${findings.length > 1 ? ` (+${findings.length - 1})` : ''}`;
    const { error } = first;
    return { state: 'refused', text, exception: error === undefined ? null : `${error.type}: ${error.message}`, findings, numberOf };
  }, [list, mode]);
}
