import { asNumber } from '../values/equality.ts';
import { NotSupported } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import { itemAt } from '../values/subscript.ts';
import { decided, PyBuiltin, PyClass, PyFloat, PyInstance, PyList, PyReference } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Function = (given: Arguments) => PyValue;

function floatAt(value: PyValue | undefined): number {
  const number = asNumber(decided(value ?? null));
  if (number === null) throw new NotSupported();
  return Number(number);
}

const own = ({ positional: [self = null] }: Arguments): PyList => {
  const items = self instanceof PyInstance ? self.attributes.get('#items') : undefined;
  if (!(items instanceof PyList)) throw new NotSupported();
  return items;
};

/** An array of floats: what goes through it, or takes items out. All else of it is not worked out. */
const arrayClass = new PyClass(
  'ndarray',
  new Map<string, PyValue>([
    ['__iter__', new PyBuiltin('__iter__', (given) => new PyList([...itemsOf(own(given))]))],
    ['__len__', new PyBuiltin('__len__', (given) => BigInt(own(given).items.length))],
    ['__getitem__', new PyBuiltin('__getitem__', (given) => itemAt(own(given), given.positional[1] ?? null))],
    ['tolist', new PyBuiltin('tolist', (given) => new PyList([...own(given).items]))],
  ]),
  [new PyReference('numpy.generic')],
);

function arrayOf(items: readonly number[]): PyInstance {
  const made = new PyInstance(arrayClass);
  made.attributes.set('#items', new PyList(items.map((item) => new PyFloat(item))));
  return made;
}

const mostItems = 10_000;

/** Arrays of numpy that schedules of ratios are made with. Of whole numbers they are not worked out. */
export const numpyFunctions: Readonly<Record<string, Function>> = {
  'numpy.arange': ({ positional, named }) => {
    if (named.size > 0 || positional.length !== 3 || !positional.some((value) => value instanceof PyFloat)) throw new NotSupported();
    const [start, stop, step] = positional.map(floatAt) as [number, number, number];
    const length = Math.ceil((stop - start) / step);
    if (!(length >= 0 && length <= mostItems)) throw new NotSupported();
    // numpy works out the second item, and goes on with the difference.
    const delta = start + step - start;
    return arrayOf(Array.from({ length }, (_, at) => (at === 0 ? start : at === 1 ? start + step : start + at * delta)));
  },
  'numpy.linspace': ({ positional, named }) => {
    if ([...named.keys()].some((name) => name !== 'num') || positional.length < 2 || positional.length > 3) throw new NotSupported();
    const [start, stop] = [floatAt(positional[0]), floatAt(positional[1])];
    const count = decided(positional[2] ?? named.get('num') ?? 50n);
    if (typeof count !== 'bigint' || count < 2n || count > BigInt(mostItems)) throw new NotSupported();
    const step = (stop - start) / Number(count - 1n);
    if (step === 0) throw new NotSupported();
    return arrayOf(Array.from({ length: Number(count) }, (_, at) => (at === Number(count) - 1 ? stop : at * step + start)));
  },
};
