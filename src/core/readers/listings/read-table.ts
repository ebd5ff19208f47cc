import type { Lack, ModuleTree } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount, type LineAccount } from '../lines/line-account.ts';
import { isGap, isLogLine } from '../lines/line-kinds.ts';
import { withoutLogPrefix } from '../lines/log-prefix.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { parseShapeText, readNamedItems } from './read-named-items.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';
import { type NamedTensor } from '../weights/named-tensor.ts';
import type { Rows, TableKind } from './table-rows.ts';
import { ultralyticsTables } from './ultralytics-tables.ts';
import { torchDtype } from '../weights/tensor-types.ts';

const longestLine = 4096;
/** A bar of progress, which has columns of its own. */
const progress = /\d%\|[\s#█▉▊▋▌▍▎▏]*\|/u;
const ruler = /^[\s|│┃+:=─━┄┏┓┗┛┡┩├┼┤╇╈┠┨╋┯┷┬┴┌┐└┘╞╪╡╒╤╕╘╧╛-]+$/u;

/**
 * Reads tables that name modules or tensors: with bars between columns (fvcore, mmengine, Lightning, markdown), the
 * nodes that `print_tabular` of torch.fx shows, and the layers that Ultralytics prints (rules T16, T28). Null for
 * other texts.
 */
export function readTable(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = splitPrintedText(source.text);
  for (const [at, line] of lines.entries()) {
    if (line.length > longestLine) continue;
    const start = line.search(tableStart);
    const mayBeLogged = start > 0 && tables.some(({ isHead }) => isHead(line.slice(start)));
    const bare = (mayBeLogged ? withoutLogPrefix(lines, at, start) : null) ?? lines;
    const table = tables.find(({ isHead }) => isHead(bare[at]!));
    if (table === undefined) continue;
    const account = createLineAccount(lines);
    const read = table.read(bare, at, account);
    if (read !== null) return treeOf(read, account, lines.length, source);
  }
  return null;
}

/** The places where the head of a table can begin, after a logger's prefix. */
const tableStart = /[|│┃]|\b(?:opcode|from)\s{2,}/u;

function treeOf(rows: Rows, account: LineAccount, lineCount: number, source: TextSource): Result<ModuleTree, ReadError> {
  account.restIsBeside(0, lineCount);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const lacks: readonly Lack[] = [];
  const tree =
    rows.type === 'items'
      ? readNamedItems(rows.items, source)
      : buildTensorTree(
          rows.tensors,
          { model: source.modelName, format: 'state-dict-keys', modules: rows.modules, lacks },
          source.limits,
        );
  if (!tree.ok) return tree;
  const note = rows.note === undefined ? [] : [rows.note];
  return succeed({ ...tree.value, notes: [...tree.value.notes, ...note, ...readingNotes(report)] });
}

const tables: readonly TableKind[] = [
  { isHead: (line) => barColumns(line) !== null, read: barTable },
  { isHead: (line) => /^\s*opcode\s+name\s+target\s+args\b/.test(line), read: fxTable },
  ...ultralyticsTables,
];

/** The cells of a row with bars between them; null for other lines. */
function cellsOf(line: string): readonly string[] | null {
  if (!/[|│┃]/u.test(line) || ruler.test(line)) return null;
  const cells = line.trimEnd().split(/[|│┃]/u);
  // The rows that Lightning numbers have a number where the head has spaces.
  if (cells[0] === '') cells.shift();
  if (/[|│┃]\s*$/u.test(line)) cells.pop();
  return cells.length < 2 ? null : cells;
}

const headings: Readonly<Record<'name' | 'type' | 'shape' | 'dtype' | 'trains', RegExp>> = {
  name: /^(?:(?:full |layer |module |param(?:eter)? |weight |tensor )?names?|modules?|layers?|param(?:eter)?s?|keys?|tensors?)$/i,
  type: /^(?:(?:layer |module )?types?|class(?: name)?)$/i,
  shape: /\bshape\b|^(?:size|dimensions?)$/i,
  dtype: /^(?:dtype|data ?type|precision)$/i,
  trains: /^(?:gradient|requires_?grad|trainable|learnable)$/i,
};
/** Columns of profilers: the data that goes through a module. A row is a module then. */
const flowHeading = /^(?:layer )?(?:in|out)(?:puts?)?\b.*\b(?:shape|size|dim)/i;
/** Such tables may show the type before the arguments of the layer: `Conv2d k=3 s=2`. */
const descriptionHeading = /^(?:description|operations?|ops?|layer)$/i;
const describedType = /^([A-Z][A-Za-z0-9_]*)(?=\s|\(|$)/;
/** A column of counts: with it and names alone a table is the output of a `count_parameters` function. */
const countHeading = /^#?\s*(?:no\.? of |num(?:ber)?(?: of)? |trainable )?(?:params?|parameters?|elements|numel|count|weights)\b/i;

interface BarColumns {
  readonly count: number;
  readonly name: number;
  /** -1 where there is no such column. */
  readonly type: number;
  readonly shape: number;
  readonly dtype: number;
  readonly trains: number;
  readonly isProfile: boolean;
  /** Every row is a module. */
  readonly isFlow: boolean;
  /** Which modules such a table leaves out. */
  readonly note?: TreeNote;
}

/** The meaning of each column of a head; null where it names no modules or tensors. */
function barColumns(line: string): BarColumns | null {
  const titles = cellsOf(line)?.map(plainCell);
  if (titles === undefined) return null;
  const column = (kind: keyof typeof headings): number => titles.findIndex((title) => headings[kind].test(title) && !flowHeading.test(title));
  const name = column('name');
  const isFlow = titles.some((title) => flowHeading.test(title));
  const described = isFlow ? titles.findIndex((title, at) => at !== name && descriptionHeading.test(title)) : -1;
  const [type, shape, dtype] = [column('type') < 0 ? described : column('type'), column('shape'), column('dtype')];
  // Profilers list modules and tensors in one column; the first row is the root, under a name of theirs.
  const isProfile = titles.some((title) => /^#?\s*flops|^#(?:elements|parameters) or shape$/i.test(title)) && /^(?:module|name)/i.test(titles[name] ?? '');
  const counts = titles.some((title, at) => at !== name && countHeading.test(title));
  if (name < 0 || (type < 0 && shape < 0 && !isProfile && !counts && !isFlow)) return null;
  const isLightning = titles[0] === '' && name === 1 && type === 2 && counts;
  const note = isFlow ? { type: 'table-of-calls' as const } : isLightning ? { type: 'table-to-a-depth' as const } : undefined;
  return { count: titles.length, name, type, shape, dtype, trains: column('trains'), isProfile, isFlow, ...(note && { note }) };
}

function barTable(lines: readonly string[], head: number, account: LineAccount): Rows | null {
  const columns = barColumns(lines[head]!);
  if (columns === null) return null;
  const { name, type, shape, dtype, trains, isProfile, isFlow } = columns;
  const note = columns.note && { note: columns.note };
  account.mark(head, 'decoration');
  const items: NamedItem[] = [];
  const tensors: NamedTensor[] = [];
  const modules: string[] = [];
  let at = head + 1;
  let sawRow = false;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() === '') continue;
    const cells = cellsOf(line);
    if (ruler.test(line)) account.mark(at, 'decoration');
    else if (isLogLine(line) || progress.test(line)) account.mark(at, 'decoration');
    else if (isGap(line.replaceAll(/[|│┃]/gu, ' ').trim().replaceAll(/\s+/g, ' '))) account.mark(at, 'gap');
    else if (cells === null) break;
    else if (cells.length === columns.count) {
      const key = plainCell(cells[name]!);
      const sizes = shape < 0 ? null : parseShapeText(plainCell(cells[shape]!).replace(/^(\d+(?:x\d+)+)$/, (text) => text.replaceAll('x', ', ')));
      const isShape = sizes !== null && /[([,x]/.test(cells[shape]!);
      if (key === '' || /\s/.test(key)) {
        account.mark(at, 'unread');
        continue;
      }
      account.mark(at, 'understood');
      if (/^total$/i.test(key)) continue;
      const isFirst = !sawRow;
      sawRow = true;
      const isRoot = isProfile && isFirst && !isShape;
      const format = dtype < 0 ? null : torchDtype(plainCell(cells[dtype]!).replace(/^torch\./, ''));
      if (isShape && (isProfile || type < 0)) {
        const isFrozen = trains >= 0 && /^(?:false|no)$/i.test(plainCell(cells[trains]!));
        tensors.push({ name: key, shape: sizes, dtype: format, ...(isFrozen ? { isFrozen: true } : {}) });
      } else if (type >= 0) items.push({ name: key, value: isFlow ? describedType.exec(plainCell(cells[type]!))?.[1] : plainCell(cells[type]!) });
      else if (!isRoot) modules.push(key);
    } else account.mark(at, 'unread');
  }
  if (items.length > 0 && tensors.length === 0) return { type: 'items', items, ...note };
  if (tensors.length + modules.length === 0) return null;
  // Names next to counts are of tensors or of modules, which the names themselves show.
  if (tensors.length === 0 && !isProfile && !isFlow) return { type: 'items', items: modules.map((key) => ({ name: key, value: undefined })) };
  return { type: 'tensors', tensors, modules, ...note };
}

/** A cell without blanks and without markdown around names. */
function plainCell(cell: string): string {
  return cell.trim().replaceAll('（', '(').replaceAll('）', ')').replace(/^(?:\*\*|`|'|")+|(?:\*\*|`|'|")+$/g, '');
}

function fxTable(lines: readonly string[], head: number, account: LineAccount): Rows | null {
  account.mark(head, 'decoration');
  const modules = new Set<string>();
  const tensors = new Set<string>();
  for (let at = head + 1; at < lines.length; at++) {
    const line = lines[at]!;
    const row = /^\s*(placeholder|get_attr|call_function|call_module|call_method|output)\s+\S+\s+(\S+)/.exec(line);
    if (ruler.test(line)) account.mark(at, 'decoration');
    else if (row === null && line.trim() !== '') break;
    if (row === null) continue;
    account.mark(at, 'understood');
    if (row[1] === 'call_module') modules.add(row[2]!);
    else if (row[1] === 'get_attr') tensors.add(row[2]!);
  }
  if (modules.size === 0) return null;
  return {
    type: 'tensors',
    tensors: [...tensors].map((name) => ({ name, shape: null, dtype: null })),
    modules: [...modules],
    note: { type: 'table-of-called-modules' },
  };
}
