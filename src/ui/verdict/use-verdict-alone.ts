import { useMemo } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import type { Mode } from '../../core/config/mode.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import { exportedList } from '../../core/plan/export-list.ts';
import { selectPlan } from '../../store/document-store.ts';
import { useAnswer, type AnswerState } from '../shared/use-answer.ts';
import { useDocument } from '../shared/use-app.ts';
import { numbersOfCards } from '../shared/use-number-of.ts';

/** What is known of a list as long as no model is open. */
export interface VerdictAlone {
  readonly state: 'refused' | 'empty';
  readonly text: string;
  /** What to do next; empty while there is no verdict. */
  readonly next: string;
  /** Exception of the first refusal, as Python prints it. */
  readonly exception: string | null;
  readonly findings: readonly Finding[];
  /** The numbers of the cards, by place in the list without what is off. */
  readonly numberOf: NumberOf;
  /** The engine's answer behind the verdict. */
  readonly answer: AnswerState<readonly Finding[]>;
}

const none: readonly Finding[] = [];

/** NNI's verdict on a list without a model: its check of keys and values looks at none (rules L, V). */
export function useVerdictAlone(mode: Mode): VerdictAlone {
  const list = useDocument((state) => selectPlan(state).lists[mode]);
  const request = useMemo(() => ({ mode, list: exportedList(list) }), [mode, list]);
  const answer = useAnswer('check-alone', request, null);
  const findings = answer.type === 'ready' ? answer.answer : none;
  const numberOf = useMemo(() => numbersOfCards(list.flatMap(({ enabled }, at) => (enabled ? [at + 1] : []))), [list]);
  const same = { findings, numberOf, answer };
  if (answer.type !== 'ready') {
    return { ...same, state: 'empty', text: answer.type === 'waiting' ? 'Checking …' : 'Not checked', next: '', exception: null };
  }
  const [first] = findings;
  if (first === undefined) {
    const text = list.length === 0 ? 'The list is empty' : 'NNI accepts the keys and values. What the list selects, and whether it runs, needs a model';
    return { ...same, state: 'empty', text, next: 'Open one below.', exception: null };
  }
  const title = wordFinding(first, numberOf).title.replace(/\.$/, '');
  const text = `Refused with any model: ${title}${findings.length > 1 ? ` (+${findings.length - 1})` : ''}`;
  const next = 'Import the list again once it is put right, or open a model below and use the fixes.';
  const { error } = first;
  return { ...same, state: 'refused', text, next, exception: error === undefined ? null : `${error.type}: ${error.message}` };
}
