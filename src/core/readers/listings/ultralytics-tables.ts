import type { LineAccount } from '../lines/line-account.ts';
import { isLogLine } from '../lines/line-kinds.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { parseShapeText } from './read-named-items.ts';
import type { Rows, TableKind } from './table-rows.ts';

const longestLine = 4096;

/** An editor may have joined the head with the first row. */
const ultralyticsHead = /^\s*from\s+n\s+params\s+module\s+arguments\b(.*)$/;
const ultralyticsRow = /^\s*(\d+)\s+(?:-?\d+|\[[-\d, ]+\])\s+(\d+)\s+[\d.]+\s+((?:\w+\.)*(\w+))\s+\[.*\]\s*$/;
/** Layers that take their repeats themselves; all others are put into a Sequential. */
const repeatsItself = /^(?:BottleneckCSP|C\d\w*|RepC3|HGBlock|PSA|A2C2f|CSP\w*|\w+C2f\w*)$/;

function ultralyticsTable(lines: readonly string[], head: number, account: LineAccount): Rows | null {
  const items: NamedItem[] = [{ name: 'model', value: 'Sequential' }];
  const joined = ultralyticsHead.exec(lines[head]!)?.[1] ?? '';
  account.mark(head, 'decoration');
  for (let at = joined.trim() === '' ? head + 1 : head; at < lines.length; at++) {
    const line = at === head ? joined : lines[at]!;
    const row = line.length > longestLine ? null : ultralyticsRow.exec(line);
    if (row === null) {
      if (line.trim() === '' || (at > head && isLogLine(line))) continue;
      if (at === head) {
        account.mark(head, 'unread');
        continue;
      }
      break;
    }
    account.mark(at, 'understood');
    const [, index, repeats, , type] = row;
    items.push({ name: `model.${index}`, value: Number(repeats) > 1 && !repeatsItself.test(type!) ? 'Sequential' : type! });
  }
  if (items.length < 2) return null;
  return { type: 'items', items, note: { type: 'table-of-layers' } };
}

/** The head of `model.info(detailed=True)` with the types of modules, as newer versions print it. */
const detailedHead = /^\s*layer\s+name\s+type\s+gradient\s+parameters\s+shape\b/;
const detailedRow = /^\s*\d+\s+(\S+)\s+([A-Za-z_]\w*)\s+(True|False)\s+[\d,]+\s+\[([\d, ]*)\]/;

/** A module as the module-tree format describes it; such a table shows no buffers. */
interface DetailedModule {
  readonly type: string;
  readonly parameters: Record<string, { readonly shape: readonly number[] | null; readonly dtype: string | null; readonly requires_grad: boolean }>;
  readonly buffers: null;
}

/** Rows of parameters, and of modules that have none, with the type of each module. */
function detailedTable(lines: readonly string[], head: number, account: LineAccount): Rows | null {
  account.mark(head, 'decoration');
  const modules = new Map<string, DetailedModule>();
  for (let at = head + 1; at < lines.length; at++) {
    const line = lines[at]!;
    const row = line.length > longestLine ? null : detailedRow.exec(line);
    if (row === null) {
      if (line.trim() === '') continue;
      if (isLogLine(line)) {
        account.mark(at, 'decoration');
        continue;
      }
      break;
    }
    account.mark(at, 'understood');
    const [, name, type, trains, sizes] = row;
    const dtype = /\s(b?float\d+|u?int\d+|bool)\s*$/.exec(line)?.[1] ?? null;
    const isModule = sizes === '' && / 0\s+\[\]/.test(line);
    const dot = name!.lastIndexOf('.');
    const owner = isModule || dot < 0 ? name! : name!.slice(0, dot);
    const entry = modules.get(owner) ?? { type: type!, parameters: {}, buffers: null };
    modules.set(owner, entry);
    if (!isModule) entry.parameters[name!.slice(dot + 1)] = { shape: parseShapeText(`[${sizes}]`), dtype, requires_grad: trains === 'True' };
  }
  return modules.size < 2 ? null : { type: 'items', items: [...modules].map(([name, value]) => ({ name, value })) };
}

/** The layers that Ultralytics prints when it builds a model, and the table of `model.info(detailed=True)`. */
export const ultralyticsTables: readonly TableKind[] = [
  { isHead: (line) => ultralyticsHead.test(line), read: ultralyticsTable },
  { isHead: (line) => detailedHead.test(line), read: detailedTable },
];
