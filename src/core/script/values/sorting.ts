import { isTrue } from './equality.ts';
import { order } from './operators.ts';
import type { Arguments, PyValue } from './values.ts';

/** The values in the order that `sorted` gives them; stable, with `key` and `reverse`. */
export function sortValues(
  values: readonly PyValue[],
  { named }: Arguments,
  call: (callee: PyValue, given: Arguments) => PyValue,
): readonly PyValue[] {
  const key = named.get('key') ?? null;
  const isReversed = isTrue(named.get('reverse') ?? false);
  const keyed = values.map((value) => ({
    value,
    key: key === null ? value : call(key, { positional: [value], named: new Map() }),
  }));
  const sorted = keyed.toSorted((a, b) => (isReversed ? order(b.key, a.key) : order(a.key, b.key)));
  return sorted.map(({ value }) => value);
}
