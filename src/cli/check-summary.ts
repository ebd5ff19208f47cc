import { isThrough, wordVerdict } from '../core/checks/list-verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import { printable } from './printable.ts';

/** A table in Markdown for the page of a job: each file with what NNI makes of it. */
export function summaryTable(checked: readonly CheckedFile[], isClean: (one: CheckedFile) => boolean): string {
  const rows = checked.map((one) => {
    const { file, model, mode, verdict, assertions, findings } = one;
    const mark = isClean(one) ? '✅' : '❌';
    const said = isThrough(verdict) || verdict.error === null ? wordVerdict(verdict, 'it') : `${verdict.error.type}: ${verdict.error.message}`;
    const held = assertions.total === 0 ? '' : `${assertions.holding} of ${assertions.total}`;
    const cells = [mark, `\`${cell(file)}\``, cell(model), mode, cell(said), String(findings.length), held];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['### Espalier: what NNI 3.0 does with the config lists', '', '| | list | model | mode | verdict | findings | assertions |', '|---|---|---|---|---|---|---|'];
  return `${[...head, ...rows, ''].join('\n')}\n`;
}

/** One line, without what would end the cell or begin markup. */
function cell(text: string): string {
  return printable(text).replaceAll(/[|\\`<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
