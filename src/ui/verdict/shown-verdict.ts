import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import type { Severity } from '../../core/diagnostics/finding.ts';
import type { ListView } from '../../worker/protocol.ts';
import { formatQuantity } from '../../core/text/format-count.ts';

/** Refused · accepted, and fails when it runs · accepted with warnings · nothing is known against it · nothing to judge. */
export type ShownState = 'refused' | 'fails-when-it-runs' | 'runs-with-warnings' | 'ready' | 'empty';

/** The one verdict on a list, as every place of the page shows it (rule K4). */
export interface ShownVerdict {
  readonly state: ShownState;
  readonly text: string;
  /** The first problem, to go to. */
  readonly first: Finding | null;
  /** What Python raises, for who wants to read it. */
  readonly exception: string | null;
}

type Judged = Pick<ListView, 'verdict' | 'findings'> & { readonly subConfigs: readonly unknown[] };

/** Words a list in one line: what becomes of it, and the first reason. */
export function showVerdict({ verdict, findings, subConfigs }: Judged): ShownVerdict {
  if (subConfigs.length === 0 && verdict.accepted) return { state: 'empty', text: 'The list is empty', first: null, exception: null };
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  const [refused, later, silent, unchecked] = [of('refused'), of('later'), of('silent'), of('not-checked')];
  const open = unchecked.length === 0 ? '' : `; ${formatQuantity(unchecked.length, 'check')} not made`;
  if (!verdict.accepted) {
    const { type, message } = verdict.error;
    const exception = message === '' ? type : `${type}: ${message}`;
    return { state: 'refused', text: `Refused: ${reason(refused) ?? type}`, first: refused[0] ?? null, exception };
  }
  if (later.length > 0) {
    const text = `NNI accepts this list, but it fails when it runs: ${reason(later) ?? ''}`;
    const error = later[0]!.error;
    return { state: 'fails-when-it-runs', text, first: later[0]!, exception: error ? `${error.type}: ${error.message}` : null };
  }
  if (silent.length > 0) {
    const text = `NNI accepts this list, with ${formatQuantity(silent.length, 'warning')}${open}`;
    return { state: 'runs-with-warnings', text, first: silent[0]!, exception: null };
  }
  return { state: 'ready', text: `Ready: NNI accepts this list${open}`, first: unchecked[0] ?? null, exception: null };
}

/** The first of some findings in words, and how many more there are. */
function reason(findings: readonly Finding[]): string | null {
  const [first] = findings;
  if (!first) return null;
  const more = findings.length - 1;
  return `${wordFinding(first).title.replace(/\.$/, '')}${more > 0 ? ` (+${more})` : ''}`;
}
