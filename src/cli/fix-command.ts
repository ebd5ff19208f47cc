import { asResolved } from '../core/diagnostics/number-of.ts';
import type { Finding } from '../core/checks/finding.ts';
import { judgeList, judgeOf } from '../core/checks/judge-list.ts';
import { patternsOf } from '../core/checks/check-assertions.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { isThrough, wordVerdict } from '../core/checks/list-verdict.ts';
import { repairList } from '../core/checks/repair-list.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import { writeJson } from '../core/config/json-writer.ts';
import { isConfigList, valuesEqual } from '../core/config/value.ts';
import { kindOfFix, wordFix, type Fix } from '../core/diagnostics/fix.ts';
import type { Streams } from './answer-lines.ts';
import { placeInWords } from './checked-file.ts';
import type { Command } from './command-line.ts';
import { loadChecked, openSetting } from './list-setting.ts';
import { openForWriting, writeRepaired } from './write-repaired.ts';
import { printable } from './printable.ts';

/** Repairs a list until no repair is left, and prints it or writes it into its file. */
export async function runFix(
  { options, file, write }: Extract<Command, { readonly type: 'fix' }>,
  { print, complain }: Streams,
): Promise<number> {
  const given = await openSetting(options, complain);
  // Before the list is read: a change from then on is noticed.
  const opened = write ? await openForWriting(file) : null;
  const loaded = await loadChecked(file, given, options, complain);
  const { list, setting } = loaded;
  await loadNamesOfList(list, patternsOf(setting.assertions ?? []));
  const repaired = repairList(list, setting.mode, judgeOf(setting));
  for (const { finding, fix } of repaired.repairs) {
    complain(printable(`${placeInWords(finding)}: ${wordFinding(finding, asResolved).title} ${wordFix(fix, asResolved)}.${otherWay(finding, fix)}`.trim()));
  }
  const { verdict, findings } = judgeList(repaired.list, setting);
  if (opened === null) for (const line of writeJson(repaired.list).split('\n')) await print(printable(line));
  else if (!valuesEqual(repaired.list, list)) await writeRepaired(opened, repaired.list, loaded, options.set);
  const { moves } = repaired;
  const [move] = moves;
  if (move !== undefined && isConfigList(repaired.list) && moves.length === repaired.list.length && moves.every(({ mode }) => mode === move.mode)) {
    complain(`This list was written for ${move.mode}: run espalier fix with --mode ${move.mode}.`);
  } else for (const finding of findings.filter(({ severity }) => severity === 'refused' || severity === 'later')) {
    complain(printable(`${placeInWords(finding)}: not repaired: ${wordFinding(finding, asResolved).title} ${whatToDo(finding)}`.trim()));
  }
  complain(printable(`${wordVerdict(verdict)}.`));
  return isThrough(verdict) ? 0 : 1;
}

/** What a list alone cannot say, where a repair gave something up for it. */
function otherWay({ fixes }: Finding, done: Fix): string {
  const register = fixes.find(({ code }) => code === 'register-type');
  return kindOfFix(done) === 'repair' || register?.code !== 'register-type' ? '' : ` ${registered(register.values.type)}`;
}

function registered(type: string): string {
  return `To keep ${type}, register a template for it on the page, and give that plan with --templates.`;
}

/** The next step for a finding that no fix of this list settles: a sub-config of another mode needs a list of its own. */
function whatToDo(finding: Finding): string {
  const move = finding.fixes.map(({ action }) => action).find((action) => action.type === 'move-to-mode');
  if (move?.type === 'move-to-mode') return `Take sub-config ${move.subConfig + 1} out of this list and put it into a list of its own, for --mode ${move.mode}.`;
  for (const { action } of finding.fixes) {
    if (action.type === 'use-algorithm') return `Use another class: --algorithm '${action.algorithm}'.`;
    if (action.type === 'register-template') return registered(action.moduleType);
  }
  return finding.fixes.length === 0 ? wordFinding(finding, asResolved).why : '';
}
