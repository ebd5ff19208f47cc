import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { isGap } from '../lines/line-kinds.ts';
import { readLineItem, type LineItem, type LineItemKind } from './line-item.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { readNamedItems } from './read-named-items.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';

/** What tables of values begin with: the names of their columns. */
const columnNames = /^"?(?:name|module|layer|parameter|key)s?"?\s*(?:[,;|\t]|\s{2,}\S)/i;
/** Rulers, fences, prompts, sums, and what mmcv writes of the initialisation of each parameter. */
const decoration: readonly RegExp[] = [
  /^(?:[-=*_#~+|:\s]{3,}|```.*|~~~.*|>>>.*|\.\.\. .*|\$ .*|(?:In|Out) ?\[\d*\]:.*)$/,
  /^(?:Name of parameter - Initialization information|\w*Init: .*|Initialized by .*|The value is the same before and after calling .*)$/,
  /^(?:for \w+, ?\w+ in .*:|print\(.*\))$/,
  // The numbers of a tensor that is printed over several lines.
  /^[[\]\s\d.,e+-]+(?:\)|,?\s*(?:device|grad_fn|requires_grad|dtype)=.*)?$/,
];

/** What loops print below their lines. */
const sum = /^(?:total|trainable|non-trainable|frozen|all|learnable|number of)(?=[\s:#(]).{0,40}param/i;

const longestLine = 4096;
/** The part of the lines that must be items; lists of shapes and classes are known by fewer. */
const leastShare = { sure: 0.5, unsure: 0.9 };

/**
 * Reads one name a line, as loops over `named_modules()`, `named_parameters()` or `state_dict()` print them
 * (rules T6, T28). Null where too few lines are such lines, or fewer than two.
 */
export function readLines(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = splitPrintedText(source.text);
  const account = createLineAccount(lines);
  const kinds = new Map<LineItemKind, { readonly at: number; readonly item: LineItem }[]>();
  let filled = 0;
  let hasColumns = false;
  for (const [at, line] of lines.entries()) {
    const content = line.trim();
    if (content === '') continue;
    const isSum = line.length <= longestLine && sum.test(content);
    const item = line.length > longestLine || isSum ? null : readLineItem(line);
    if (item === null || (filled === 0 && columnNames.test(content))) {
      // Between the numbers of a tensor, dots leave out numbers only.
      if (isGap(content) && !content.startsWith('...,')) {
        account.mark(at, 'gap');
        continue;
      }
      hasColumns ||= filled === 0 && columnNames.test(content);
      if (isSum || columnNames.test(content) || decoration.some((pattern) => content.length <= longestLine && pattern.test(content))) {
        account.mark(at, 'decoration');
        continue;
      }
    }
    filled++;
    if (item === null) continue;
    const found = kinds.get(item.kind) ?? [];
    kinds.set(item.kind, found);
    found.push({ at, item });
  }
  let found: readonly { readonly at: number; readonly item: LineItem }[] = [];
  for (const candidates of kinds.values()) if (candidates.length > found.length) found = candidates;
  const items = found.map(({ item }) => item);
  const [first] = items;
  if (first === undefined || items.length < 2) return null;
  const isSure = first.kind === 'tensor' || items.some(({ value }) => typeof value === 'string' && value.startsWith('<class'));
  if (items.length < filled * (isSure ? leastShare.sure : leastShare.unsure)) return null;
  if (!hasColumns && !items.some(({ name }) => name.includes('.')) && !(first.kind === 'tensor' && items.some(hasShape))) return null;

  for (const { at } of found) account.mark(at, 'understood');
  account.restIsBeside(0, found[0]!.at);
  account.restIsBeside(found.at(-1)!.at, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  // Flags and counts say nothing that a tree keeps: only the names distinguish modules from tensors.
  const isNamesOnly = items.every((item) => item.kind !== 'type' && !hasShape(item) && !hasDtype(item));
  const tree = readNamedItems(isNamesOnly ? items.map(({ name }) => ({ name, value: undefined })) : items, source);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, ...readingNotes(report)] }) : tree;
}

function hasShape({ value }: LineItem): boolean {
  return typeof value === 'object' && value !== null && 'shape' in value && value.shape !== null;
}

function hasDtype({ value }: LineItem): boolean {
  return typeof value === 'object' && value !== null && 'dtype' in value && value.dtype !== null;
}
