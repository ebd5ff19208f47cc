import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** The rooms of `src/core`, lowest first. A room imports only from rooms before it. */
export const coreRooms = [
  'result',
  'text',
  'module-tree',
  'python',
  'graph',
  'readers',
  'config',
  'python-re',
  'script',
  'diagnostics',
  'resolve',
  'masks',
  'algorithms',
  'plan',
  'proposals',
  'checks',
  'offers',
  'presets',
  'overview',
] as const;

/** The rooms of `src/core/readers`, lowest first; the files next to them come last. */
export const readerRooms = ['messages', 'bytes', 'lines', 'literals', 'tree-json', 'programs', 'weights', 'printed', 'listings', 'folders'] as const;

/** The rooms of `src/core/script`, lowest first; the files next to them come last. */
export const scriptRooms = ['text-forms', 'values', 'built-ins', 'lists', 'run'] as const;

/** Files by path, with the paths of the files of the same set that each imports (types included). */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the imports of TypeScript files.
 * @param files Paths with forward slashes, relative to `root`.
 */
export function readImports(root: string, files: readonly string[]): ImportGraph {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(posix.join(root, file), 'utf8');
      const targets = specifiersOf(file, text).map((specifier) => posix.join(posix.dirname(file), specifier));
      return [file, [...new Set(targets)].filter((target) => known.has(target))];
    }),
  );
}

/** Relative paths that a file imports, exports from, or fetches later. */
export function specifiersOf(file: string, text: string): readonly string[] {
  const { module } = parseSync(file, text);
  const fetched = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  const named = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
  ];
  return [...named, ...fetched].filter((specifier) => specifier.startsWith('.'));
}

/** Files that import each other, directly or through others; each circle once. Imports that are fetched later count. */
export function findCircles(graph: ImportGraph): readonly (readonly string[])[] {
  // Tarjan's strongly connected components.
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    open.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) lowest.set(file, Math.min(lowest.get(file)!, visit(target)));
      else if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, order.get(target)!));
    }
    if (lowest.get(file) === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle);
    }
    return lowest.get(file)!;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/**
 * Imports from a lower room to a higher one, as `file -> target`; also imports of rooms without a place.
 * @param folder The folder that holds the rooms, such as `src/core`.
 * @param rooms Its rooms, lowest first. Files that lie in the folder itself may import from every room.
 */
export function findUpwardImports(graph: ImportGraph, folder: string, rooms: readonly string[]): readonly string[] {
  const rank = (file: string): number | null => {
    if (!file.startsWith(`${folder}/`)) return null;
    const room = /^([^/.]+)[/.]/.exec(file.slice(folder.length + 1))?.[1];
    if (room === undefined || room === 'testing') return null;
    const isInRoom = file.startsWith(`${folder}/${room}/`);
    return isInRoom || rooms.includes(room) ? rooms.indexOf(room) : rooms.length;
  };
  return [...graph].flatMap(([file, targets]) => {
    const own = rank(file);
    if (own === null) return [];
    return targets.filter((target) => (rank(target) ?? -1) > own || own < 0).map((target) => `${file} -> ${target}`);
  });
}

/** The rooms that lint must refuse in a room: all that come after it. */
export function roomsAbove(room: (typeof coreRooms)[number]): readonly string[] {
  return coreRooms.slice(coreRooms.indexOf(room) + 1);
}
