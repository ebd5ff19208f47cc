import type { TreeNote } from '../../module-tree/tree-note.ts';
import { withoutPrefix } from '../lines/log-prefix.ts';
import type { PrintedModel } from './print-lines.ts';
import { isModuleText, keyPattern, splitKey, type PrintedModule } from './printed-module.ts';

/** Containers whose children torch numbers one after the other, from any number on. */
const numbered = /(?:Sequential|ModuleList)$/;
/** Modules of libraries that print themselves without the modules inside them. */
const printsItself = /^(?:SelectAdaptivePool2d|ClassifierHead)$/;

/** Notes on what a print does not show: numbers that are left out, where a line may be missing, and modules that hide others. */
export function doubtsOf(root: PrintedModule): readonly TreeNote[] {
  const notes: TreeNote[] = [];
  const hiding = new Set<string>();
  let skipped: (TreeNote & { readonly type: 'numbers-skipped' }) | null = null;
  const waiting: { readonly module: PrintedModule; readonly name: string }[] = [{ module: root, name: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, name } = next;
    if (module.typeName !== null && module.children.length === 0 && printsItself.test(module.typeName)) hiding.add(module.typeName);
    if (numbered.test(module.typeName ?? '')) {
      const hole = holeIn(module.children);
      if (hole !== null) skipped = { type: 'numbers-skipped', module: name, ...hole, more: skipped === null ? 0 : skipped.more + 1 };
    }
    for (const child of module.children) waiting.push({ module: child, name: name === '' ? child.key : `${name}.${child.key}` });
  }
  if (skipped !== null) notes.push(skipped);
  if (hiding.size > 0) notes.push({ type: 'hidden-modules', types: [...hiding] });
  return notes;
}

/** Notes on signs that lines of a printed model are missing: indentation that does not fit, and parts that go on behind its end (rule T28f). */
export function signsOfLoss(lines: readonly string[], { shifted = [], lastLine, before, prefix = null }: PrintedModel): readonly TreeNote[] {
  const notes: TreeNote[] = [];
  if (shifted.length > 0) notes.push({ type: 'indents-disagree', line: shifted[0]! + 1, more: shifted.length - 1 });
  const next = lines.findIndex((line, at) => at >= lastLine && line.trim() !== '');
  const content = next < 0 ? '' : withoutPrefix(lines[next]!, prefix).trim();
  const goesOn = keyPattern.test(content) ? isModuleText(splitKey(content).rest) : /^\)+[,;]?$/.test(content) && !before.includes('(');
  if (goesOn) notes.push({ type: 'ends-early', line: lastLine, next: next + 1 });
  return notes;
}

/** The first two children whose numbers do not follow each other; null where all do, and where children have other names. */
function holeIn(children: readonly PrintedModule[]): { readonly after: number; readonly next: number } | null {
  let last: number | null = null;
  let hole: { readonly after: number; readonly next: number } | null = null;
  for (const { key, run } of children) {
    if (run === null && !/^\d+$/.test(key)) return null;
    const first = run?.first ?? Number(key);
    if (last !== null && first !== last + 1) hole ??= { after: last, next: first };
    last = first + (run?.count ?? 1) - 1;
  }
  return hole;
}
