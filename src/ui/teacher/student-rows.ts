import type { OpenedTree } from '../../worker/protocol.ts';
import { endOfRun } from '../tree/rows/lay-rows.ts';
import type { DrawnRow, Strip } from './lay-lines.ts';

/** The student's tree as it is drawn on the page now. */
export interface DrawnStudent {
  readonly rows: readonly DrawnRow[];
  readonly strip: Strip;
}

/** The student's tree on the page; `null` where it is not next to the teacher's. */
export function studentTree(): HTMLElement | null {
  return document.querySelector('section[aria-label="Model"] [role="tree"]');
}

/** Measures the rows of the student's tree. `top`: where the drawing begins, in pixels of the window. */
export function measureStudent(element: HTMLElement, { tree, runs }: OpenedTree, top: number): DrawnStudent {
  const box = (element.querySelector('[role="group"]') ?? element).getBoundingClientRect();
  const rows: DrawnRow[] = [];
  for (const row of element.querySelectorAll('[data-row]')) {
    const id = row.getAttribute('data-row')!;
    const module = Number(id.slice(1));
    if (module >= tree.size) continue;
    const isOpen = row.getAttribute('aria-expanded') === 'true';
    const isRun = id.startsWith('r');
    const rect = row.getBoundingClientRect();
    const y = rect.top + rect.height / 2 - top;
    const end = isRun && runs.runOf[module]! >= 0 ? endOfRun(tree, runs, module) : tree.end[module]!;
    if (isRun && isOpen) continue;
    rows.push({ from: module, to: isOpen ? module + 1 : end, y });
  }
  return { rows: rows.toSorted((a, b) => a.from - b.from), strip: { top: box.top - top, bottom: box.bottom - top } };
}
