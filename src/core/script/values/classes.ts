import { NotSupported, PyRaise } from './exceptions.ts';
import { PyBuiltin, PyClass, PyFunction, PyInstance, type ClassKind, type PyValue } from './values.ts';

const orders = new WeakMap<PyClass, readonly PyClass[]>();

/** The class itself and its bases, in the order in which Python looks attributes up. Bases outside of the source are left out. */
export function lookupOrder(made: PyClass): readonly PyClass[] {
  let order = orders.get(made);
  if (!order) orders.set(made, (order = [made, ...merged(made)]));
  return order;
}

/** Python's merge (C3): the first candidate that stands behind no other class. */
function merged({ bases }: PyClass): readonly PyClass[] {
  const known = bases.filter((base) => base instanceof PyClass);
  const queues = [...known.map((base) => [...lookupOrder(base)]), [...known]];
  const order: PyClass[] = [];
  for (;;) {
    const left = queues.filter((queue) => queue.length > 0);
    if (left.length === 0) return order;
    const found = left.find(([first]) => !left.some((queue) => queue.indexOf(first!) > 0))?.[0];
    if (!found) throw new PyRaise('TypeError', 'Cannot create a consistent method resolution order (MRO)');
    order.push(found);
    for (const queue of left) if (queue[0] === found) queue.shift();
  }
}

/** Whether a class has a base outside of the source, which may set any attribute. */
export function isOpenClass(made: PyClass): boolean {
  return lookupOrder(made).some(({ bases }) => bases.some((base) => !(base instanceof PyClass)));
}

/** The attribute that a class or one of its bases sets. */
export function findInClass(start: PyClass, name: string): PyValue | undefined {
  return lookupOrder(start).find(({ attributes }) => attributes.has(name))?.attributes.get(name);
}

export function isKind(made: PyClass, kind: ClassKind): boolean {
  return lookupOrder(made).some((known) => known.kind === kind);
}

export function isSubclass(made: PyClass, asked: PyClass): boolean {
  return lookupOrder(made).includes(asked);
}

/**
 * A special method (`__len__`) of an object, ready to be called; `null` where its class has none.
 * Throws `NotSupported` where a class outside of the source may have it.
 */
export function specialMethod(value: PyInstance, name: string): ((...positional: readonly PyValue[]) => PyValue) | null {
  const found = findInClass(value.made, name);
  if (found === undefined || found === null) {
    if (isOpenClass(value.made)) throw new NotSupported();
    return null;
  }
  const { call } = value.made;
  // A class of Python's library.
  if (found instanceof PyBuiltin && call === null) return (...positional) => found.call({ positional: [value, ...positional], named: new Map() });
  if (!(found instanceof PyFunction) || call === null) throw new NotSupported();
  return (...positional) => call(found.boundTo(value), { positional, named: new Map() });
}

/** The text or number that a member of an enum is, or the value itself. */
export function plainValue(value: PyValue): PyValue {
  return value instanceof PyInstance && value.plain !== null ? value.plain : value;
}
