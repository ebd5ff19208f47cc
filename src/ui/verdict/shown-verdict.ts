import type { Finding } from '../../core/checks/finding.ts';
import type { ListState } from '../../core/checks/list-verdict.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import type { Severity } from '../../core/diagnostics/severity.ts';
import type { ListView } from '../../worker/list-protocol.ts';
import { formatQuantity } from '../../core/text/format-count.ts';

/** The state of a list; that an assertion of the plan does not hold; that there is nothing to judge; or that changes in the JSON text are not in the list. */
export type ShownState = ListState | 'assertion-fails' | 'empty' | 'text-broken';

/** The one verdict on a list, as every place of the page shows it (rule K5). */
export interface ShownVerdict {
  readonly state: ShownState;
  readonly text: string;
  /** The first problem, to go to. */
  readonly first: Finding | null;
  /** The exception that Python raises. */
  readonly exception: string | null;
}

type Judged = Pick<ListView, 'outcome' | 'findings'> & { readonly subConfigs: readonly unknown[] };

/** Words a list in one line: its outcome, and the first reason. Python's own words are kept apart. */
export function showVerdict({ outcome, findings, subConfigs }: Judged, numberOf: NumberOf): ShownVerdict {
  const { state, error, broken, warnings, notChecked } = outcome;
  if (subConfigs.length === 0 && state === 'ready') return { state: 'empty', text: 'The list is empty: nothing to check yet', first: null, exception: null };
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity && finding.intended !== true);
  const exception = error === null ? null : error.message === '' ? error.type : `${error.type}: ${error.message}`;
  const open = notChecked === 0 ? '' : `; ${formatQuantity(notChecked, 'check')} not made`;
  switch (state) {
    case 'refused': {
      const refused = of('refused');
      return { state, text: `Refused: ${reason(refused, numberOf) ?? exception ?? ''}`, first: refused[0] ?? null, exception };
    }
    case 'fails-when-it-runs': {
      const later = of('later');
      const text = `NNI accepts this list, but it fails when it runs: ${reason(later, numberOf) ?? exception ?? ''}`;
      return { state, text, first: later[0] ?? null, exception };
    }
    case 'runs-with-warnings':
      if (broken > 0) {
        const failed = of('assertion');
        return { state: 'assertion-fails', text: `NNI accepts this list, but ${reason(failed, numberOf)?.replace(/^An /, 'an ') ?? 'an assertion fails'}`, first: failed[0] ?? null, exception };
      }
      return {
        state,
        text: `NNI accepts this list, with ${formatQuantity(warnings, 'warning')}${open}: ${reason(of('silent').slice(0, 1), numberOf) ?? ''}`,
        first: of('silent')[0] ?? null,
        exception,
      };
    case 'ready':
      return { state, text: `Ready: NNI accepts this list${open}`, first: of('not-checked')[0] ?? null, exception };
  }
}

/** The first of some findings in words, and how many more there are. */
function reason(findings: readonly Finding[], numberOf: NumberOf): string | null {
  const [first] = findings;
  if (!first) return null;
  const more = findings.length - 1;
  return `${wordFinding(first, numberOf).title.replace(/\.$/, '')}${more > 0 ? ` (+${more})` : ''}`;
}
