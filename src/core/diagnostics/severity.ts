/**
 * How much a finding matters:
 * `refused` NNI raises before it compresses · `later` the algorithm raises when it runs ·
 * `assertion` the plan demands otherwise · `silent` NNI does something a person may not expect · `not-checked` the source lacks a fact that the check needs.
 */
export type Severity = 'refused' | 'later' | 'assertion' | 'silent' | 'not-checked';

/** The gravest first. */
export const severities: readonly Severity[] = ['refused', 'later', 'assertion', 'silent', 'not-checked'];

/** The name of a severity on the page, as a sentence without its full stop. */
export const severityLabels: Readonly<Record<Severity, string>> = {
  refused: 'Refused by NNI',
  later: 'Fails when it runs',
  assertion: 'Assertion fails',
  silent: 'NNI won’t tell you',
  'not-checked': 'Not checked',
};

/** One word or two, as the command line prints them. */
export const severityWords: Readonly<Record<Severity, string>> = {
  refused: 'refused',
  later: 'later',
  assertion: 'assertion',
  silent: 'silent',
  'not-checked': 'not checked',
};

/** A severity in a byte: the graver, the larger; 0 is for none. */
export function severityCode(severity: Severity): number {
  return severities.length - severities.indexOf(severity);
}

/** The severity of a code of `severityCode`; `null` for 0. */
export function severityOfCode(code: number): Severity | null {
  return severities[severities.length - code] ?? null;
}
