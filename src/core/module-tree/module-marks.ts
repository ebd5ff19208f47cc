import { countBlocks, countOnes } from './mask-counts.ts';

/**
 * The effect of one selection on each module: 0 untouched, 1 selected, 2 excluded. Where it touches few modules, they are listed,
 * so that thousands of selections on a large model take room by their selected modules and not by the size of the model.
 */
export type ModuleMarks =
  /** Modules that are selected, and that are excluded, each ascending; `size` counts all modules of the model. */
  | {
      readonly type: 'few';
      readonly size: number;
      readonly selected: Uint32Array<ArrayBuffer>;
      readonly excluded: Uint32Array<ArrayBuffer>;
    }
  /** A mark for each module, and the result of `countBlocks` for them. */
  | { readonly type: 'many'; readonly state: Uint8Array<ArrayBuffer>; readonly blocks: Uint32Array<ArrayBuffer> };

/** The source of the marks: the masks of a selection, and how many modules they hold. */
export interface MarkedModules {
  /** Per module: 1 when selected. */
  readonly selected: Uint8Array;
  /** The selected modules, ascending, where they are known; else the mask says. */
  readonly listed: Uint32Array | null;
  readonly count: number;
  /** Per module: not 0 where an exclude took it away. */
  readonly excludedBy: Uint32Array;
  readonly excludedCount: number;
}

/** The marks of each selection, and the buffers that hold them. All lists are in one buffer: handing over thousands takes long. */
export function packMarks(selections: readonly MarkedModules[]): {
  readonly marks: readonly ModuleMarks[];
  readonly buffers: readonly ArrayBuffer[];
} {
  const touched = selections.map(({ count, excludedCount }) => count + excludedCount);
  const isFew = selections.map(({ selected }, at) => touched[at]! * Uint32Array.BYTES_PER_ELEMENT <= selected.length);
  const packed = new Uint32Array(touched.reduce((sum, own, at) => sum + (isFew[at] ? own : 0), 0));
  const buffers: ArrayBuffer[] = [packed.buffer];
  let used = 0;
  const marks = selections.map((selection, at): ModuleMarks => {
    const { selected, listed: known, excludedBy, count, excludedCount } = selection;
    if (!isFew[at]) {
      const state = Uint8Array.from(selected, (own, module) => (own === 1 ? 1 : excludedBy[module] === 0 ? 0 : 2));
      const blocks = countBlocks(state);
      buffers.push(state.buffer, blocks.buffer);
      return { type: 'many', state, blocks };
    }
    const listed = packed.subarray(used, used + count);
    const taken = packed.subarray(used + count, used + count + excludedCount);
    used += count + excludedCount;
    if (known) listed.set(known);
    else for (let found = 0, module = -1; found < count; found++) listed[found] = module = selected.indexOf(1, module + 1);
    for (let found = 0, module = 0; found < excludedCount; module++) if (excludedBy[module] !== 0) taken[found++] = module;
    return { type: 'few', size: selected.length, selected: listed, excluded: taken };
  });
  return { marks, buffers };
}

/** How many modules the model has that the marks are of. */
export function sizeOfMarks(marks: ModuleMarks): number {
  return marks.type === 'few' ? marks.size : marks.state.length;
}

/** The mark of a module. */
export function markOf(marks: ModuleMarks, module: number): number {
  if (marks.type === 'many') return marks.state[module]!;
  if (marks.selected[placeIn(marks.selected, module)] === module) return 1;
  return marks.excluded[placeIn(marks.excluded, module)] === module ? 2 : 0;
}

/** How many modules from `start` up to before `end` are selected. */
export function countSelected(marks: ModuleMarks, start: number, end: number): number {
  if (marks.type === 'many') return countOnes(marks.state, marks.blocks, start, end);
  return placeIn(marks.selected, end) - placeIn(marks.selected, start);
}

/** The modules from `start` up to before `end` that are selected, ascending. */
export function selectedIn(marks: ModuleMarks, start: number, end: number): Uint32Array {
  if (marks.type === 'few') return marks.selected.subarray(placeIn(marks.selected, start), placeIn(marks.selected, end));
  const modules = new Uint32Array(countOnes(marks.state, marks.blocks, start, end));
  for (let found = 0, module = start; found < modules.length; module++) if (marks.state[module] === 1) modules[found++] = module;
  return modules;
}

const written = new WeakMap<ModuleMarks, { readonly state: Uint8Array; readonly blocks: Uint32Array }>();

/** The marks as one for each module, with the result of `countBlocks` for them; kept as long as the marks are. */
export function writeOut(marks: ModuleMarks): { readonly state: Uint8Array; readonly blocks: Uint32Array } {
  if (marks.type === 'many') return marks;
  const known = written.get(marks);
  if (known) return known;
  const state = new Uint8Array(marks.size);
  for (const module of marks.excluded) state[module] = 2;
  for (const module of marks.selected) state[module] = 1;
  const made = { state, blocks: countBlocks(state) };
  written.set(marks, made);
  return made;
}

/** How many of the ascending modules come before `module`; a binary search. */
function placeIn(modules: Uint32Array, module: number): number {
  let low = 0;
  let high = modules.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (modules[middle]! < module) low = middle + 1;
    else high = middle;
  }
  return low;
}
