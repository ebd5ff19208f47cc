import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { isGap } from '../lines/line-kinds.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';
import type { TextSource } from '../lines/text-source.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { asRecord, ownField } from '../literals/record.ts';
import type { ReadError } from '../messages/read-error.ts';
import { readNamedItems } from './read-named-items.ts';

type JsonRecord = Readonly<Record<string, unknown>>;

const nameKeys = ['name', 'full_name', 'module', 'module_name', 'layer', 'layer_name', 'param', 'parameter', 'param_name', 'key', 'tensor'];
const typeKeys = ['type', 'module_type', 'layer_type', 'type_name', 'class', 'class_name', 'cls'];
const shapeKeys = ['shape', 'size'];
/** The keys under which JSON loggers store the printed message. */
const messageKeys = ['log', 'message', 'msg', 'text', 'event', 'output', 'line'];
/** The part of the lines that must be objects. */
const leastShare = 0.5;

/**
 * Reads one JSON object a line, as scripts write of every module or parameter: name with type, or with shape and number
 * format (rules T6, T28). Null where the lines are something else.
 */
export function readJsonLines(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = source.text.split(/\r\n|\n|\r/);
  const account = createLineAccount(lines);
  const items: NamedItem[] = [];
  let filled = 0;
  let first = -1;
  let last = -1;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (isGap(line.trim())) {
      account.mark(at, 'gap');
      continue;
    }
    filled++;
    const record = recordOf(line);
    const item = record && itemOf(record);
    if (!item) continue;
    account.mark(at, 'understood');
    if (first < 0) first = at;
    last = at;
    items.push(item);
  }
  if (items.length < 2 || items.length < filled * leastShare) return null;
  account.restIsBeside(0, first);
  account.restIsBeside(last, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const tree = readNamedItems(items, source);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, ...readingNotes(report)] }) : tree;
}

/**
 * The messages of all objects that a JSON logger wrote, one a line. Null where the lines hold no messages.
 */
export function loggedText(text: string): string | null {
  const messages: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const record = line.trim() === '' ? null : recordOf(line);
    const key = record && messageKeys.find((candidate) => typeof ownField(record, candidate) === 'string');
    if (record && key) messages.push(String(ownField(record, key)).replace(/\n$/, ''));
  }
  const printed = messages.join('\n');
  return printed.includes('\n') && printed.length < text.length ? printed : null;
}

function recordOf(line: string): JsonRecord | null {
  if (!/^\s*\{/.test(line)) return null;
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return null;
  }
}

function itemOf(record: JsonRecord): NamedItem | null {
  const nameKey = nameKeys.find((key) => typeof ownField(record, key) === 'string');
  if (nameKey === undefined) return null;
  const name = String(ownField(record, nameKey));
  const shape = shapeKeys.map((key) => ownField(record, key)).find((value) => value !== undefined);
  if (shape !== undefined) {
    const dtype = ownField(record, 'dtype');
    return { name, value: { shape: typeof shape === 'string' ? sizesOf(shape) : shape, dtype: typeof dtype === 'string' ? dtype.replace(/^torch\./, '') : null } };
  }
  const typeKey = typeKeys.find((key) => key !== nameKey && typeof ownField(record, key) === 'string');
  if (typeKey === undefined) return { name, value: undefined };
  const parameters = asRecord(ownField(record, 'parameters'));
  const type = String(ownField(record, typeKey));
  return { name, value: parameters ? { ...record, type } : type };
}

/** `torch.Size([8, 3])` as numbers. */
function sizesOf(text: string): readonly number[] | null {
  const inside = /^(?:torch\.Size)?\(?\[?([\d,\s]*)\]?\)?$/.exec(text)?.[1];
  return inside === undefined ? null : inside.split(',').filter((part) => part.trim() !== '').map(Number);
}
