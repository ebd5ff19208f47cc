import { isThrough, wordVerdict } from '../core/checks/list-verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import { printable } from './printable.ts';

/** A table in Markdown for the page of a job: each file with NNI's verdict, and below it the files that could not be checked. */
export function summaryTable(checked: readonly CheckedFile[], unusable: readonly string[], isClean: (one: CheckedFile) => boolean): string {
  const rows = checked.map((one) => {
    const { file, model, mode, verdict, assertions, findings } = one;
    const mark = isClean(one) ? '✅' : '❌';
    const said = isThrough(verdict) || verdict.error === null ? wordVerdict(verdict, 'it') : `${verdict.error.type}: ${verdict.error.message}`;
    const held = assertions.total === 0 ? '' : `${assertions.holding} of ${assertions.total}`;
    const cells = [mark, `<code>${cell(file)}</code>`, cell(model), mode, cell(said), String(findings.length), held];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['| | list | model | mode | verdict | findings | assertions |', '|---|---|---|---|---|---|---|'];
  const table = rows.length === 0 ? [] : [...head, ...rows, ''];
  const rest = unusable.length === 0 ? [] : [...unusable.map((message) => `- ⚠️ Not checked: ${cell(message)}`), ''];
  return `${['### Espalier: config lists in NNI 3.0', '', ...table, ...rest].join('\n')}\n`;
}

/** Characters that Markdown could take for markup, or for the end of a cell. */
const marks = /[|\\`<>&*_~[\]#:@!]/g;

/** One line of plain text. */
function cell(text: string): string {
  return printable(text.replaceAll(/\s*[\r\n]+\s*/g, ' ')).replaceAll(marks, (mark) => `&#${mark.charCodeAt(0)};`);
}
