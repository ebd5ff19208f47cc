import { NotSupported, PyRaise } from './exceptions.ts';
import { PyDeque, PyDict, PyFloat, PyList, PySet, PyTuple, PyView, typeName, type PyValue } from './values.ts';

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const ofDict = names('clear copy fromkeys get items keys pop popitem setdefault update values');

/** The attributes that Python's own values have, except special ones, by type. */
const attributes: Readonly<Record<string, ReadonlySet<string>>> = {
  str: names(`capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier
    islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust
    rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill`),
  list: names('append clear copy count extend index insert pop remove reverse sort'),
  tuple: names('count index'),
  dict: ofDict,
  OrderedDict: new Set([...ofDict, 'move_to_end']),
  defaultdict: new Set([...ofDict, 'default_factory']),
  Counter: new Set([...ofDict, 'elements', 'most_common', 'subtract', 'total']),
  set: names(`add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset issuperset pop remove
    symmetric_difference symmetric_difference_update union update`),
  frozenset: names('copy difference intersection isdisjoint issubset issuperset symmetric_difference union'),
  deque: names('append appendleft clear copy count extend extendleft index insert maxlen pop popleft remove reverse rotate'),
  dict_keys: names('isdisjoint mapping'),
  dict_values: names('mapping'),
  dict_items: names('isdisjoint mapping'),
  int: names('as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes'),
  bool: names('as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes'),
  float: names('as_integer_ratio conjugate fromhex hex imag is_integer real'),
  NoneType: new Set(),
};

/** Whether a value of Python's own types has an attribute; special ones count as such. */
export function isAttribute(value: PyValue, name: string): boolean {
  const type = typeName(value);
  return name.startsWith('__') || !Object.hasOwn(attributes, type) || attributes[type]!.has(name);
}

/** Raises as Python does where a value of its own types has no such attribute; otherwise the attribute is not worked out. */
export function refuseAttribute(value: PyValue, name: string): never {
  const isOwn = value === null || typeof value !== 'object' || value instanceof PyFloat || value instanceof PyList || value instanceof PyDict
    || value instanceof PySet || value instanceof PyTuple || value instanceof PyDeque || value instanceof PyView;
  const type = isOwn ? typeName(value) : '';
  if (!name.startsWith('__') && Object.hasOwn(attributes, type) && !attributes[type]!.has(name)) {
    throw new PyRaise('AttributeError', `'${type}' object has no attribute '${name}'`);
  }
  throw new NotSupported();
}
