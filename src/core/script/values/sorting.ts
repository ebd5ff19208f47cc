import { isEqual, isTrue } from './equality.ts';
import { order } from './comparison.ts';
import { SetOrder } from './sequences.ts';
import type { Arguments, PyValue } from './values.ts';

/**
 * The values in the order that `sorted` gives them; stable, with `key` and `reverse`. Of values without an order of their
 * own (`isSet`) two with equal keys stand as they happen to: that throws `SetOrder`.
 */
export function sortValues(
  values: readonly PyValue[],
  { named }: Arguments,
  call: (callee: PyValue, given: Arguments) => PyValue,
  isSet = false,
): readonly PyValue[] {
  const key = named.get('key') ?? null;
  const isReversed = isTrue(named.get('reverse') ?? false);
  const keyed = values.map((value) => ({
    value,
    key: key === null ? value : call(key, { positional: [value], named: new Map() }),
  }));
  const sorted = keyed.toSorted((a, b) => (isReversed ? order(b.key, a.key) : order(a.key, b.key)));
  if (isSet && sorted.some(({ key: own }, at) => at > 0 && order(own, sorted[at - 1]!.key) === 0 && !isEqual(sorted[at]!.value, sorted[at - 1]!.value))) throw new SetOrder();
  return sorted.map(({ value }) => value);
}
