import { isOpenClass, plainValue, specialMethod } from './classes.ts';
import { asNumber, comparedFields, fieldValues, hashOf, isEqual, isTrue, rangeLength, requireSure } from './equality.ts';
import { codePoints, itemsInAnyOrder, itemsOf, iterate } from './sequences.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import {
  decided, PyBuiltin, PyClass, PyDict, PyFloat, PyInstance, PyIterator, PyList, PyModule, PyRange, PyReference, PySet, PyTuple, PyUnknown, PyView, typeName,
} from './values.ts';
import type { PyValue } from './values.ts';

/** The most items that `in` asks an object of the script for. */
const mostItems = 1_000_000;

/** `first operator second` for a comparison, `in` and `is`. */
export function compare(operator: string, first: PyValue, second: PyValue): boolean {
  switch (operator) {
    case '==':
      return isEqual(first, second);
    case '!=':
      return !isEqual(first, second);
    case 'in':
      return isIn(second, first);
    case 'not in':
      return !isIn(second, first);
    case 'is':
      return isSame(first, second);
    case 'is not':
      return !isSame(first, second);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, first, second);
    default:
      throw new NotSupported();
  }
}

/** `<`, `<=`, `>` and `>=`. */
export function isOrdered(operator: '<' | '<=' | '>' | '>=', first: PyValue, second: PyValue): boolean {
  const [a, b] = [plainValue(decided(first)), plainValue(decided(second))];
  const isSets = [a, b].every((value) => value instanceof PySet || (value instanceof PyView && value.kind !== 'values'));
  if (isSets) {
    const [small, large] = operator.startsWith('<') ? [setFrom(a), setFrom(b)] : [setFrom(b), setFrom(a)];
    requireSure(small, large);
    return [...small.entries.keys()].every((key) => large.entries.has(key)) && (operator.length > 1 || small.entries.size < large.entries.size);
  }
  // A number that is none is neither smaller nor larger.
  if ([a, b].some((value) => value instanceof PyFloat && Number.isNaN(value.value))) return false;
  if (a instanceof PyInstance || b instanceof PyInstance) return isOrderedInstance(operator, a, b);
  const found = order(a, b);
  if (operator === '<') return found < 0;
  if (operator === '>') return found > 0;
  return operator === '<=' ? found <= 0 : found >= 0;
}

const orderNames = { '<': ['lt', 'gt'], '<=': ['le', 'ge'], '>': ['gt', 'lt'], '>=': ['ge', 'le'] } as const;

/** An order that a class of the script defines, or `@dataclass(order=True)`. */
function isOrderedInstance(operator: keyof typeof orderNames, a: PyValue, b: PyValue): boolean {
  const [own, reflected] = orderNames[operator];
  const method = a instanceof PyInstance ? specialMethod(a, `__${own}__`) : null;
  if (method !== null) return isTrue(method(b));
  const fields = a instanceof PyInstance && b instanceof PyInstance && a.made === b.made && a.made.options.has('order') ? comparedFields(a.made) : null;
  if (fields !== null) return isOrdered(operator, new PyTuple(fieldValues(a as PyInstance, fields)), new PyTuple(fieldValues(b as PyInstance, fields)));
  const other = b instanceof PyInstance ? specialMethod(b, `__${reflected}__`) : null;
  if (other !== null) return isTrue(other(a));
  throw new PyRaise('TypeError', `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function isSame(first: PyValue, second: PyValue): boolean {
  const a = decided(first);
  const b = decided(second);
  if (a instanceof PyBuiltin && b instanceof PyBuiltin && a.owner === null && b.owner === null) return a.name === b.name;
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  if (a instanceof PyReference || a instanceof PyModule) return isEqual(a, b);
  // Whether two equal numbers or texts are one object is up to the interpreter.
  if (typeof a !== 'object' && a === b) throw new NotSupported();
  return a === b;
}

/** Below 0, 0 or above 0, as Python orders; texts by code points. */
export function order(first: PyValue, second: PyValue): number {
  const a = plainValue(decided(first));
  const b = plainValue(decided(second));
  if (a instanceof PyInstance || b instanceof PyInstance) {
    if (isOrderedInstance('<', a, b)) return -1;
    return isOrderedInstance('<', b, a) ? 1 : 0;
  }
  if ([a, b].some((value) => value instanceof PyFloat && Number.isNaN(value.value))) throw new NotSupported();
  const left = asNumber(a);
  const right = asNumber(b);
  if (left !== null && right !== null) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return orderTexts(a, b);
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) {
    requireSure(a, b);
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
      if (!isEqual(a.items[i]!, b.items[i]!)) return order(a.items[i]!, b.items[i]!);
    }
    return a.items.length - b.items.length;
  }
  if (a instanceof PySet || b instanceof PySet) throw new NotSupported();
  throw new PyRaise('TypeError', `'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function orderTexts(a: string, b: string): number {
  if (a === b) return 0;
  const left = codePoints(a);
  const right = codePoints(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
  }
  return left.length - right.length;
}

/** `item in container`. */
function isIn(given: PyValue, item: PyValue): boolean {
  const container = plainValue(decided(given));
  if (typeof container === 'string') {
    const part = plainValue(decided(item));
    if (typeof part !== 'string') throw new PyRaise('TypeError', "'in <string>' requires string as left operand");
    return container.includes(part);
  }
  if (container instanceof PyDict || container instanceof PySet) {
    if (container.unsure.length > 0) throw new NeedsUnknown(container.unsure);
    return container.entries.has(hashOf(item));
  }
  if (container instanceof PyRange) {
    const number = asNumber(decided(item));
    if (typeof number !== 'bigint') {
      if (number !== null && !Number.isInteger(number)) return false;
      if (number === null && typeof item === 'string') return false;
      throw new NotSupported();
    }
    const { start, step } = container;
    const steps = (number - start) / step;
    return (number - start) % step === 0n && steps >= 0n && steps < rangeLength(container);
  }
  if (container instanceof PyView && container.kind === 'keys') return isIn(container.dict, item);
  if (container instanceof PyInstance && !(container.made.kind === 'enum')) {
    const method = specialMethod(container, '__contains__');
    if (method !== null) return isTrue(method(item));
    if (isOpenClass(container.made)) throw new NotSupported();
  }
  if (container instanceof PyIterator) {
    if (container.isUnordered) throw new NotSupported();
    for (let found = container.next(); found !== undefined; found = container.next()) if (isEqual(found, item)) return true;
    return false;
  }
  if (container instanceof PyClass) {
    // Whether the value of a member counts as one differs between versions.
    if (item instanceof PyInstance && container.kind === 'enum') return container.members.includes(item);
    throw new NotSupported();
  }
  const undecidedItems: PyUnknown[] = [];
  const items = container instanceof PySet ? itemsInAnyOrder(container) : container instanceof PyInstance ? allItems(container) : itemsOf(container);
  for (const candidate of items) {
    if (candidate instanceof PyUnknown) undecidedItems.push(candidate);
    else if (isEqual(candidate, item)) return true;
  }
  if (undecidedItems.length > 0) throw new NeedsUnknown(undecidedItems.flatMap(({ roots }) => roots));
  return false;
}

function allItems(value: PyInstance): readonly PyValue[] {
  const items = iterate(value);
  const taken: PyValue[] = [];
  for (let item = items.next(); item !== undefined && taken.length < mostItems; item = items.next()) taken.push(item);
  return taken;
}

/** The set of the keys or items of a dict, or a set itself. */
export function setFrom(value: PyValue): PySet {
  return value instanceof PySet ? value : new PySet(new Map(itemsInAnyOrder(value).map((item) => [hashOf(item), item])));
}
