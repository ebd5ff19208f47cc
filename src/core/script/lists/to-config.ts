import { deepestNesting } from '../../config/json-reader.ts';
import { pythonFloat } from '../../config/value.ts';
import type { ConfigEntry, ConfigValue, KeyPath } from '../../config/value.ts';
import type { SyntaxNode } from '../../config/python-source.ts';
import { plainValue } from '../values/classes.ts';
import { PyClass, PyDict, PyFloat, PyList, PyReference, PyTuple, PyUnknown, typeName } from '../values/values.ts';
import type { Root } from '../values/roots.ts';
import type { PyValue } from '../values/values.ts';

/** A place of a list that the script does not decide. */
export interface Hole {
  readonly root: Root;
  /** Places in the list that need it, from the list inwards. */
  readonly paths: readonly KeyPath[];
}

/** A place with a value that no config list can hold, e.g. a set; an `item` of the list is no dict. */
export interface Misfit {
  readonly path: KeyPath;
  readonly kind: 'set' | 'key' | 'object' | 'number' | 'too-deep' | 'item';
  /** The type in Python. */
  readonly found: string;
}

/** A value of a script as a config list holds it. Undecided places are `null` and listed in `holes`. */
export interface Converted {
  readonly value: ConfigValue;
  readonly holes: readonly Hole[];
  readonly misfits: readonly Misfit[];
  /** Where tuples stood, from the list inwards; they are lists now. */
  readonly tuples: readonly KeyPath[];
  /** Classes in place of their names: NNI wants the name. */
  readonly classes: readonly string[];
  /** The dicts of the list, to find them again in other lists, and where each is written. */
  readonly items: readonly PyValue[];
  readonly nodes: readonly (SyntaxNode | null)[];
}

/** Converts a list or a dict; a dict becomes a list of one. */
export function toConfig(given: PyValue): Converted {
  const holes = new Map<string, { root: Root; paths: KeyPath[] }>();
  const misfits: Misfit[] = [];
  const tuples: KeyPath[] = [];
  const classes = new Set<string>();

  const leaveOpen = (roots: readonly Root[], path: KeyPath): null => {
    for (const root of roots) {
      const hole = holes.get(root.key) ?? { root, paths: [] };
      hole.paths.push(path);
      holes.set(root.key, hole);
    }
    return null;
  };
  const refuse = (kind: Misfit['kind'], value: PyValue, path: KeyPath): null => {
    misfits.push({ path, kind, found: kindOf(value) });
    return null;
  };

  function convert(given: PyValue, path: KeyPath): ConfigValue {
    const value = plainValue(given);
    if (path.length > deepestNesting) return refuse('too-deep', value, path);
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'bigint') return { type: 'int', text: String(value) };
    if (value instanceof PyFloat) {
      if (Number.isNaN(value.value)) return refuse('number', value, path);
      const infinite = value.value > 0 ? '1e999' : '-1e999';
      return { type: 'float', text: value.text ?? (Number.isFinite(value.value) ? pythonFloat(value.value) : infinite) };
    }
    if (value instanceof PyUnknown) return leaveOpen(value.roots, path);
    if (value instanceof PyList || value instanceof PyTuple) {
      if (value instanceof PyTuple) tuples.push(path);
      else leaveOpen(value.unsure, path);
      return value.items.map((item, at) => convert(item, [...path, at]));
    }
    if (value instanceof PyDict) {
      leaveOpen(value.unsure, path);
      const entries: ConfigEntry[] = [];
      for (const [key, item] of value.entries.values()) {
        const name = plainValue(key);
        if (typeof name === 'string') entries.push([name, convert(item, [...path, name])]);
        else refuse('key', key, path);
      }
      return { type: 'object', entries };
    }
    if (value instanceof PyReference && isClass(value.path, path)) {
      classes.add(value.path.replace(/^torch\./, ''));
      return value.path.slice(value.path.lastIndexOf('.') + 1);
    }
    if (value instanceof PyReference && value.root) return leaveOpen([value.root], path);
    if (value instanceof PyClass) {
      classes.add(value.name);
      return value.name;
    }
    return refuse(kindOf(value) === 'set' ? 'set' : 'object', value, path);
  }

  const isList = given instanceof PyList || given instanceof PyTuple;
  const value = isList ? convert(given, []) : [convert(given, [0])];
  const items = isList ? given.items : [given];
  return {
    value,
    holes: [...holes.values()],
    misfits,
    // The list itself may be written as a tuple.
    tuples: tuples.filter((path) => path.length > 0),
    classes: [...classes],
    items: [...items],
    nodes: items.map((item) => (item instanceof PyDict ? item.node : null)),
  };
}

/** Converts a config list: like `toConfig`, and items that are no dicts are misfits. */
export function toConfigList(given: PyValue): Converted {
  const converted = toConfig(given);
  const odd = converted.items.flatMap((item, at): Misfit[] =>
    item instanceof PyDict || item instanceof PyUnknown ? [] : [{ path: [at], kind: 'item', found: kindOf(item) }],
  );
  return odd.length === 0 ? converted : { ...converted, misfits: [...odd, ...converted.misfits] };
}

/** Whether an imported name is a class: one of torch, or any below `op_types`. */
function isClass(path: string, place: KeyPath): boolean {
  if (!/(?:^|\.)[A-Z]\w*$/.test(path)) return false;
  return path.startsWith('torch.') || place.some((step) => step === 'op_types' || step === 'exclude_op_types');
}

function kindOf(value: PyValue): string {
  try {
    return typeName(value);
  } catch {
    return 'object';
  }
}
