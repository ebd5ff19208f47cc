import type { KeyPath } from '../config/value.ts';
import { findingKinds, type Finding, type FindingCode } from './finding.ts';
import type { NumberOf } from '../diagnostics/number-of.ts';
import type { FindingWords } from './finding-kind.ts';

const mostAlso = 6;

/** A finding in words, with the rule of SPEC.md that it comes from. */
export interface WordedFinding extends FindingWords {
  readonly rule: string;
}

/** The words of a finding: the fact; the reason, with the exception that NNI raises. Sub-configs have the numbers of `numberOf`. */
export function wordFinding(finding: Finding, numberOf: NumberOf): WordedFinding {
  const { title, why } = wordsOf(finding, numberOf);
  const { error, rule } = finding;
  const raised = error === undefined ? '' : ` NNI raises ${error.type}${error.message === '' ? '' : ` (${firstLine(error.message)})`}.`;
  return { title, why: `${why}${raised}${alsoInWords(finding)}`, rule };
}

/** The words of a finding at one of its places: there a finding that was merged into it has its own title (rule F12). */
export function wordFindingAt(finding: Finding, path: KeyPath, numberOf: NumberOf): WordedFinding {
  const own = finding.merged?.find(({ where }) => where.path.join('.') === path.join('.'));
  const words = wordFinding(finding, numberOf);
  return own === undefined ? words : { ...words, title: wordsOf(own, numberOf).title };
}

/** The reason with the other places, without the exception: for a place that shows the exception by itself. */
export function wordWhyAlone(finding: Finding, numberOf: NumberOf): string {
  return `${wordsOf(finding, numberOf).why}${alsoInWords(finding)}`.trim();
}

/** Why findings of this kind matter, without the exception and the other places of this one. */
export function wordReason(finding: Finding, numberOf: NumberOf): string {
  return wordsOf(finding, numberOf).why;
}

/** The other places of the same cause; the first few. */
function alsoInWords({ where: { also = [] } }: Finding): string {
  if (also.length === 0) return '';
  const shown = also.slice(0, mostAlso).map((path) => path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${step}`)).join(''));
  return ` The same at ${shown.join(', ')}${also.length > mostAlso ? ` and ${also.length - mostAlso} more` : ''}.`;
}

function wordsOf<Code extends FindingCode>({ code, values }: Finding<Code>, numberOf: NumberOf): FindingWords {
  return findingKinds[code].words(values, numberOf);
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!;
  // The sentence around it ends with a full stop of its own.
  return line.length > 120 ? `${line.slice(0, 119)}…` : line.replace(/\.$/, '');
}
