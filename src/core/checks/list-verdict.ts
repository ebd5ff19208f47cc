import type { Severity } from '../diagnostics/severity.ts';
import { formatQuantity } from '../text/format-count.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { Verdict } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';

/**
 * The verdict on a list (rule F11). `refused`: NNI raises before it compresses. `fails-when-it-runs`: the algorithm raises later.
 * `runs-with-warnings`: it runs and does something a person may not expect, or an assertion of the plan does not hold. `ready`: nothing is known against it.
 */
export type ListState = 'refused' | 'fails-when-it-runs' | 'runs-with-warnings' | 'ready';

/** The one answer of page, export and command line. */
export interface ListVerdict {
  readonly state: ListState;
  /** The error that NNI raises, if any. */
  readonly error: RaisedError | null;
  /** Assertions of the plan that do not hold: `espalier check` fails for them, though NNI runs. */
  readonly broken: number;
  /** Findings about effects without an error. */
  readonly warnings: number;
  /** Findings about gaps in the source of the tree. */
  readonly notChecked: number;
}

/** The verdict on a resolved list. `runError` is the predicted exception of the chosen algorithm, if there is one. */
export function judgeFindings(verdict: Verdict, all: readonly Finding[], runError: RaisedError | null = null): ListVerdict {
  const findings = all.filter(({ intended }) => intended !== true);
  const later = findings.find(({ severity }) => severity === 'later');
  const count = (of: Severity): number => findings.filter(({ severity }) => severity === of).length;
  const counts = { broken: count('assertion'), warnings: count('silent'), notChecked: count('not-checked') };
  if (!verdict.accepted) return { state: 'refused', error: verdict.error, ...counts };
  // The constructor of the algorithm refuses a list that registration takes.
  const refused = findings.find(({ severity }) => severity === 'refused');
  if (refused !== undefined) return { state: 'refused', error: refused.error ?? runError, ...counts };
  if (later !== undefined || runError !== null) {
    return { state: 'fails-when-it-runs', error: runError ?? later?.error ?? null, ...counts };
  }
  return { state: counts.warnings + counts.broken > 0 ? 'runs-with-warnings' : 'ready', error: null, ...counts };
}

/** Whether NNI gets through with the list. */
export function isThrough({ state }: ListVerdict): boolean {
  return state === 'runs-with-warnings' || state === 'ready';
}

/** A verdict as a sentence without a full stop; `subject` names the list. */
export function wordVerdict({ state, error, broken, warnings, notChecked }: ListVerdict, subject = 'this list'): string {
  const raised = error === null ? '' : `: ${inOneLine(error)}`;
  const open = notChecked === 0 ? '' : `; ${formatQuantity(notChecked, 'check')} not made`;
  switch (state) {
    case 'refused':
      return `NNI refuses ${subject}${raised}`;
    case 'fails-when-it-runs':
      return `${subject === 'this list' ? 'This list' : subject} fails when it runs${raised}`;
    case 'runs-with-warnings':
      return `NNI accepts ${subject}${withCounts(broken, warnings)}${open}`;
    case 'ready':
      return `NNI accepts ${subject}${open}`;
  }
}

/** `, but 1 assertion fails, with 2 warnings`. */
function withCounts(broken: number, warnings: number): string {
  const fails = broken === 0 ? '' : `, but ${formatQuantity(broken, 'assertion fails', 'assertions fail')}`;
  return warnings === 0 ? fails : `${fails}, with ${formatQuantity(warnings, 'warning')}`;
}

function inOneLine({ type, message }: RaisedError): string {
  const line = message.replaceAll(/\s*\n\s*/g, ' ');
  return line === '' ? type : `${type}: ${line}`;
}
