import { formatQuantity } from '../text/format-count.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { Verdict } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';

/**
 * The verdict on a list (rule F11). `refused`: NNI raises before it compresses. `fails-when-it-runs`: the algorithm raises later.
 * `runs-with-warnings`: it runs and does something a person may not expect. `ready`: nothing is known against it.
 */
export type ListState = 'refused' | 'fails-when-it-runs' | 'runs-with-warnings' | 'ready';

/** The one answer of page, export and command line. */
export interface ListVerdict {
  readonly state: ListState;
  /** The error that NNI raises, if any. */
  readonly error: RaisedError | null;
  /** Findings about effects without an error. */
  readonly warnings: number;
  /** Findings about gaps in the source of the tree. */
  readonly notChecked: number;
}

/** The verdict on a resolved list. `runError` is the predicted exception of the chosen algorithm, if there is one. */
export function judgeFindings(verdict: Verdict, all: readonly Finding[], runError: RaisedError | null = null): ListVerdict {
  const findings = all.filter(({ intended }) => intended !== true);
  const later = findings.find(({ severity }) => severity === 'later');
  const warnings = findings.filter(({ severity }) => severity === 'silent').length;
  const notChecked = findings.filter(({ severity }) => severity === 'not-checked').length;
  if (!verdict.accepted) return { state: 'refused', error: verdict.error, warnings, notChecked };
  // The constructor of the algorithm refuses a list that registration takes.
  const refused = findings.find(({ severity }) => severity === 'refused');
  if (refused !== undefined) return { state: 'refused', error: refused.error ?? runError, warnings, notChecked };
  if (later !== undefined || runError !== null) {
    return { state: 'fails-when-it-runs', error: runError ?? later?.error ?? null, warnings, notChecked };
  }
  return { state: warnings > 0 ? 'runs-with-warnings' : 'ready', error: null, warnings, notChecked };
}

/** Whether NNI gets through with the list. */
export function isThrough({ state }: ListVerdict): boolean {
  return state === 'runs-with-warnings' || state === 'ready';
}

/** A verdict as a sentence without a full stop; `subject` names the list. */
export function wordVerdict({ state, error, warnings, notChecked }: ListVerdict, subject = 'this list'): string {
  const raised = error === null ? '' : `: ${inOneLine(error)}`;
  const open = notChecked === 0 ? '' : `; ${formatQuantity(notChecked, 'check')} not made`;
  switch (state) {
    case 'refused':
      return `NNI refuses ${subject}${raised}`;
    case 'fails-when-it-runs':
      return `${subject === 'this list' ? 'This list' : subject} fails when it runs${raised}`;
    case 'runs-with-warnings':
      return `NNI accepts ${subject}, with ${formatQuantity(warnings, 'warning')}${open}`;
    case 'ready':
      return `NNI accepts ${subject}${open}`;
  }
}

function inOneLine({ type, message }: RaisedError): string {
  const line = message.replaceAll(/\s*\n\s*/g, ' ');
  return line === '' ? type : `${type}: ${line}`;
}
