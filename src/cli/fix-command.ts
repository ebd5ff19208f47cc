import { judgeList } from '../core/checks/judge-list.ts';
import { patternsOf } from '../core/checks/check-assertions.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { writeFile } from 'node:fs/promises';
import { isThrough, wordVerdict } from '../core/checks/list-verdict.ts';
import { repairList } from '../core/checks/repair-list.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { writeJson } from '../core/config/json-writer.ts';
import { wordFix } from '../core/diagnostics/fix.ts';
import type { Streams } from './answer-lines.ts';
import { placeInWords } from './checked-file.ts';
import { UnusableInput, type Command } from './command-line.ts';
import { takesStdin } from './inputs.ts';
import { loadChecked, openSetting } from './list-setting.ts';
import { printable } from './printable.ts';

/** Repairs a list until no repair is left, and prints it or writes it back. */
export async function runFix(
  { options, file, write }: Extract<Command, { readonly type: 'fix' }>,
  { print, complain }: Streams,
): Promise<number> {
  const given = await openSetting(options, complain);
  const { list, setting, text } = await loadChecked(file, given, options, complain);
  if (write) demandWritable(file, text);
  await loadNamesOfList(list, patternsOf(setting.assertions ?? []));
  const repaired = repairList(list, setting.mode, (after) => judgeList(after, setting).findings);
  for (const { finding, fix } of repaired.repairs) {
    complain(printable(`${placeInWords(finding)}: ${wordFinding(finding).title} ${wordFix(fix)}.`.trim()));
  }
  const { verdict } = judgeList(repaired.list, setting);
  complain(printable(`${wordVerdict(verdict)}.`));
  const written = writeJson(repaired.list);
  if (write) await writeBack(file, `${written}\n`);
  else for (const line of written.split('\n')) await print(printable(line));
  return isThrough(verdict) ? 0 : 1;
}

/** A script or a plan holds more than the list: writing the list over it would lose that. */
function demandWritable(file: string, text: string | null): void {
  if (takesStdin(file)) throw new UnusableInput('--write needs a file to write to: without it the list is printed.');
  if (text === null) throw new UnusableInput(`--write would replace the plan ${file} by one list: without it the list is printed.`);
  if (!readJsonValue(text).ok) throw new UnusableInput(`--write is for lists in JSON, and ${file} is not: without it the list is printed.`);
}

async function writeBack(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, 'utf8');
  } catch (error) {
    throw new UnusableInput(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
