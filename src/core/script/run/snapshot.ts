import { weightOf, type Run } from './run.ts';
import type { Root } from '../values/roots.ts';
import type { Scope, PyValue } from '../values/values.ts';
import { joinRoots } from '../values/roots.ts';
import {
  PyBuiltin, PyClass, PyDeque, PyDescriptor, PyDict, PyFunction, PyInstance, PyIterator, PyList, PySet, PySuper, PyTuple, PyUnknown, PyView,
} from '../values/values.ts';

/** The state of everything that code in a scope can reach. */
export interface Snapshot {
  /** Puts the state back. */
  readonly restore: () => void;
  /** Compares with the state now. Returns a function that marks each difference as decided by `roots`. Call it before `restore`. */
  readonly changes: () => (roots: readonly Root[]) => void;
}

/** Takes the state, so that a branch that may not run can be tried. */
export function takeSnapshot(run: Run, start: Scope): Snapshot {
  const scopes = new Map<Scope, ReadonlyMap<string, PyValue>>();
  const lists = new Map<PyList | PyDeque, readonly [items: readonly PyValue[], unsure: readonly Root[]]>();
  const dicts = new Map<PyDict | PySet, readonly [entries: ReadonlyMap<string, unknown>, unsure: readonly Root[]]>();
  const objects = new Map<PyInstance | PyClass, ReadonlyMap<string, PyValue>>();
  const iterators = new Map<PyIterator, number>();
  const outside = new Map(run.attributes);
  const seen = new Set<PyFunction>();
  const waiting: (PyValue | Scope)[] = [start, ...run.attributes.values()];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === null || typeof next !== 'object') continue;
    run.step();
    if ('handedOn' in next) {
      if (scopes.has(next)) continue;
      scopes.set(next, new Map(next.names));
      waiting.push(...next.names.values());
      if (next.parent) waiting.push(next.parent);
    } else if (next instanceof PyList || next instanceof PyDeque) {
      if (lists.has(next)) continue;
      lists.set(next, [[...next.items], next.unsure]);
      run.step(weightOf(next));
      for (const item of next.items) waiting.push(item);
    } else if (next instanceof PyDict) {
      if (dicts.has(next)) continue;
      dicts.set(next, [new Map(next.entries), next.unsure]);
      for (const [, value] of next.entries.values()) waiting.push(value);
    } else if (next instanceof PySet) {
      dicts.set(next, [new Map(next.entries), next.unsure]);
    } else if (next instanceof PyTuple) {
      for (const item of next.items) waiting.push(item);
    } else if (next instanceof PyFunction) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next.scope, ...next.defaults.values());
      if (next.self !== undefined) waiting.push(next.self);
    } else if (next instanceof PyIterator) {
      if (iterators.has(next)) continue;
      iterators.set(next, next.asked);
      if (next.scope) waiting.push(next.scope);
    } else if (next instanceof PyBuiltin) {
      if (next.owner) waiting.push(next.owner);
    } else if (next instanceof PyView) {
      waiting.push(next.dict);
    } else if (next instanceof PyDescriptor) {
      waiting.push(next.get, next.set);
    } else if (next instanceof PySuper) {
      waiting.push(next.self);
    } else if (next instanceof PyInstance || next instanceof PyClass) {
      if (objects.has(next)) continue;
      objects.set(next, new Map(next.attributes));
      waiting.push(...next.attributes.values());
      if (next instanceof PyInstance) waiting.push(next.made);
      else waiting.push(...next.bases);
    }
  }
  return {
    restore() {
      for (const [scope, names] of scopes) refill(scope.names, names);
      for (const [list, [items, unsure]] of lists) {
        list.items = [...items];
        list.unsure = unsure;
      }
      for (const [dict, [entries, unsure]] of dicts) {
        refill(dict.entries as Map<string, unknown>, entries);
        dict.unsure = unsure;
      }
      for (const [object, attributes] of objects) refill(object.attributes, attributes);
      for (const [iterator, asked] of iterators) if (iterator.asked !== asked) iterator.spoil();
      refill(run.attributes, outside);
    },
    changes() {
      const marks: ((roots: readonly Root[]) => void)[] = [];
      const markNames = (names: Map<string, PyValue>, before: ReadonlyMap<string, PyValue>) => {
        for (const name of new Set([...names.keys(), ...before.keys()])) {
          if (names.get(name) === before.get(name)) continue;
          marks.push((roots) => names.set(name, new PyUnknown(roots, false)));
        }
      };
      for (const [scope, names] of scopes) markNames(scope.names, names);
      for (const [object, attributes] of objects) markNames(object.attributes, attributes);
      markNames(run.attributes, outside);
      for (const [iterator, asked] of iterators) {
        if (iterator.asked !== asked) marks.push((roots) => (iterator.unsure = joinRoots(iterator.unsure, roots)));
      }
      for (const [list, [items, unsure]] of lists) {
        const isSame = list.unsure === unsure && list.items.length === items.length && list.items.every((item, at) => item === items[at]);
        if (!isSame) marks.push((roots) => (list.unsure = joinRoots(list.unsure, roots)));
      }
      for (const [dict, [entries, unsure]] of dicts) {
        if (dict.unsure === unsure && isSameMap(dict.entries, entries)) continue;
        marks.push((roots) => (dict.unsure = joinRoots(dict.unsure, roots)));
      }
      return (roots) => {
        for (const mark of marks) mark(roots);
      };
    },
  };
}

function refill<T>(map: Map<string, T>, before: ReadonlyMap<string, T>): void {
  map.clear();
  for (const [key, value] of before) map.set(key, value);
}

function isSameMap(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
