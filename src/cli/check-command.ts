import { appendFileSync } from 'node:fs';
import { judgeList } from '../core/checks/judge-list.ts';
import { patternsOf } from '../core/checks/check-assertions.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { formatQuantity } from '../core/text/format-count.ts';
import { isThrough } from '../core/checks/list-verdict.ts';
import type { Streams } from './answer-lines.ts';
import { outcomeLines } from './algorithm-request.ts';
import { reportLines, textLines } from './check-formats.ts';
import type { CheckedFile } from './checked-file.ts';
import { summaryTable } from './check-summary.ts';
import { UnusableInput, type CheckReport, type Command, type Options } from './command-line.ts';
import { createPlaceFinder } from './list-places.ts';
import { loadChecked, openSetting } from './list-setting.ts';
import { printable, wordUnusable } from './printable.ts';
import { triesOfList, type Setting } from './resolve-report.ts';

/** Files that are checked with the same model and options. */
export type CheckGroup = Pick<Extract<Command, { readonly type: 'check' }>, 'options' | 'files'>;

/** Checks every file of every group; an unusable file is reported and does not stop the others. */
export async function runCheck(groups: readonly CheckGroup[], report: CheckReport, { print, complain, version }: Streams): Promise<number> {
  let exitCode = 0;
  const checked: CheckedFile[] = [];
  const unusable: string[] = [];
  const attempt = async <Outcome>(work: () => Promise<Outcome>): Promise<Outcome | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      complain(wordUnusable(error));
      unusable.push(error.message);
      exitCode = 2;
      return null;
    }
  };
  for (const { options, files } of groups) {
    const given = await attempt(() => openSetting(options, complain));
    for (const file of given === null ? [] : files) {
      const one = await attempt(() => checkFile(file, given!, options, complain));
      if (one === null) continue;
      checked.push(one);
      if (report.format === 'text') for (const line of textLines(one)) await print(line);
      if (report.maxWarnings !== null && one.verdict.warnings > report.maxWarnings) {
        complain(printable(`${file}: ${formatQuantity(one.verdict.warnings, 'warning')}, and --max-warnings allows ${report.maxWarnings}.`));
      }
      exitCode = Math.max(exitCode, isClean(one, report.maxWarnings) ? 0 : 1);
    }
  }
  for (const line of reportLines(checked, unusable, report.format, version)) await print(line);
  const { summary } = report;
  if (summary !== null) await attempt(async () => addSummary(summary, summaryTable(checked, unusable, (one) => isClean(one, report.maxWarnings))));
  return exitCode;
}

function addSummary(path: string, table: string): void {
  try {
    appendFileSync(path, table);
  } catch (error) {
    throw new UnusableInput(`The summary ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function checkFile(file: string, given: Setting, options: Options, complain: Streams['complain']): Promise<CheckedFile> {
  const { list, setting, text, places } = await loadChecked(file, given, options, complain);
  await loadNamesOfList(list, patternsOf(setting.assertions ?? []));
  const { findings, outcome, assertions, verdict } = judgeList(list, { ...setting, tries: triesOfList() });
  const holding = assertions.filter(({ outcome: { type } }) => type === 'holds').length;
  return {
    file,
    model: setting.tree.model,
    mode: setting.mode,
    list,
    findings: findings.filter(({ intended }) => intended !== true),
    verdict,
    placeOf: createPlaceFinder(text, places),
    assertions: { holding, total: assertions.length },
    run: outcomeLines(outcome, setting.tree),
  };
}

function isClean({ verdict, assertions }: CheckedFile, maxWarnings: number | null): boolean {
  const isQuiet = maxWarnings === null || verdict.warnings <= maxWarnings;
  return isThrough(verdict) && assertions.holding === assertions.total && isQuiet;
}
