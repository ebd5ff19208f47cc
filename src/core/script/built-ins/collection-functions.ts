import { hashOf } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import { decided, PyClass, PyDeque, PyDict, PyInstance, PyReference, PySet } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import { countItems, updateDict, type Call } from './container-methods.ts';
import { namedTupleClass } from './named-tuples.ts';

type Function = (given: Arguments, call: Call) => PyValue;

/** Objects whose attributes are the keywords of the call. */
function namespaceOf(name: string): Function {
  return ({ positional, named }, call) => {
    if (positional.length > 0) throw new PyRaise('TypeError', 'no positional arguments expected');
    const made = new PyClass(name, new Map(), []);
    made.kind = 'namespace';
    made.call = call;
    const instance = new PyInstance(made);
    for (const [key, value] of named) instance.attributes.set(key, value);
    return instance;
  };
}

/** Classes of `collections`, `types` and `enum`, by the path they are imported under. */
export const collectionFunctions: Readonly<Record<string, Function>> = {
  'collections.Counter': (given) => {
    const counter = new PyDict();
    counter.kind = 'Counter';
    countItems(counter, given, 1n);
    return counter;
  },
  'collections.OrderedDict': (given) => {
    const dict = new PyDict();
    dict.kind = 'OrderedDict';
    updateDict(dict, given);
    return dict;
  },
  'collections.OrderedDict.fromkeys': ({ positional: [keys = null, value = null] }) => {
    const dict = new PyDict();
    dict.kind = 'OrderedDict';
    for (const key of itemsOf(keys)) dict.entries.set(hashOf(key), [key, value]);
    return dict;
  },
  'collections.defaultdict': ({ positional: [factory = null, ...rest], named }, call) => {
    if (rest.length > 1) throw new PyRaise('TypeError', 'defaultdict expected at most 2 arguments');
    const dict = new PyDict();
    dict.kind = 'defaultdict';
    if (decided(factory) !== null) dict.missing = () => call(factory, { positional: [], named: new Map() });
    updateDict(dict, { positional: rest, named });
    return dict;
  },
  'collections.deque': ({ positional: [items, length], named }) => {
    const most = decided(length ?? named.get('maxlen') ?? null);
    if (most !== null && typeof most !== 'bigint') throw new NotSupported();
    const made = new PyDeque([], most === null ? null : Number(most));
    const start = items ?? named.get('iterable');
    if (start !== undefined) made.items.push(...itemsOf(start));
    if (made.most !== null) made.items.splice(0, made.items.length - made.most);
    return made;
  },
  'collections.namedtuple': ({ positional: [name = null, fields = null, ...rest], named }, call) => {
    if (rest.length > 0 || [...named.keys()].some((key) => key !== 'defaults')) throw new NotSupported();
    const given = decided(fields);
    const names = typeof given === 'string' ? given.replaceAll(',', ' ').trim().split(/\s+/).filter(Boolean) : itemsOf(given);
    if (typeof name !== 'string' || !names.every((item) => typeof item === 'string')) throw new NotSupported();
    const made = namedTupleClass(name, names, itemsOf(named.get('defaults') ?? new PySet()));
    made.call = call;
    return made;
  },
  'types.SimpleNamespace': namespaceOf('SimpleNamespace'),
  'argparse.Namespace': namespaceOf('Namespace'),
  'types.MappingProxyType': () => {
    throw new NotSupported();
  },
  'enum.auto': () => new PyReference('enum.auto()'),
};
