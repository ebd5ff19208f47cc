import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { placeInText } from '../../text/line-and-column.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { isPromptOrRuler } from '../lines/line-kinds.ts';
import { pythonItems, type NamedItem } from '../literals/named-items.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { readNamedItems } from './read-named-items.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';
import { parsePythonValue } from '../literals/python-literal.ts';

/** How a printed list or dictionary begins. */
const opening = /\b(?:o?dict_keys|o?dict_items|OrderedDict)\(|[[{]/g;
/** The most places at which a list is looked for; each may take as long as the text. */
const mostPlaces = 40;

/**
 * Reads a list or dictionary that Python printed between other lines: behind a prompt, a label or a log prefix, or before
 * more output (rules T6, T28). Of several the longest is read. Null where there is none that names modules or tensors.
 * @param only the one offset at which it may begin: a part of broken JSON is no list of its own
 */
export function readListInText(source: TextSource, only: number | null = null): Result<ModuleTree, ReadError> | null {
  const { text } = source;
  let best: { readonly items: readonly NamedItem[]; readonly from: number; readonly to: number } | null = null;
  opening.lastIndex = 0;
  for (let tried = 0; tried < mostPlaces; tried++) {
    const found = opening.exec(text);
    if (found === null || (only !== null && found.index > only)) break;
    const read = parsePythonValue(text, found.index);
    const items = read.ok ? pythonItems(read.value.value) : null;
    if (!read.ok || items?.ok !== true || !nameThings(items.value)) continue;
    if (best === null || items.value.length > best.items.length) best = { items: items.value, from: found.index, to: read.value.end };
    opening.lastIndex = read.value.end;
  }
  if (best === null) return null;
  const lines = text.split('\n');
  const account = createLineAccount(lines);
  for (const [at, line] of lines.entries()) if (isPromptOrRuler(line.trim())) account.mark(at, 'decoration');
  account.mark(placeInText(text, best.from).line - 1, 'understood', placeInText(text.slice(0, best.to).trimEnd(), best.to).line);
  account.restIsBeside(0, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const tree = readNamedItems(best.items, source);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, ...readingNotes(report)] }) : tree;
}

/** Whether these can be names of modules or tensors: at least two, one of them with a dot between its labels. */
function nameThings(items: readonly NamedItem[]): boolean {
  return items.length >= 2 && items.every(({ name }) => !/\s/.test(name)) && items.some(({ name }) => /^[\w-]+(?:\.[\w-]+)+$/.test(name));
}
