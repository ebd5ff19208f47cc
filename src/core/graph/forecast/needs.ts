import { both, either, not, type Mask } from './mask.ts';
import type { Gradient } from './want.ts';

/** Where a node needs one of its inputs, and the gradient that it gives there. */
export interface Need {
  readonly mask: Mask;
  readonly gradient: Gradient;
}

/** The sum of all needs of a value. */
export interface SumOfNeeds extends Need {
  /** False where gradients of both signs meet and it is not known whether they cancel. */
  readonly isSure: boolean;
}

/** Adds the needs of all nodes of a value. NNI takes an element whose gradients add up to 0 for unused (rule G21f). */
export function sumOfNeeds(needs: readonly [Need, ...Need[]]): SumOfNeeds {
  const [first, ...others] = needs;
  const mask = others.reduce((sum, need) => either(sum, need.mask), first.mask);
  if (others.length === 0) return { ...first, isSure: true };
  const [plus, minus, chance] = [1, -1, 0].map((sign) => needs.filter(({ gradient }) => (gradient?.sign ?? 0) === sign)) as [Need[], Need[], Need[]];
  if (plus.length === 0 || minus.length === 0) {
    return { mask, gradient: chance.length > 0 ? null : { sign: plus.length > 0 ? 1 : -1, isUnit: false }, isSure: true };
  }
  const anywhere = (some: readonly Need[]): Mask => some.map((need) => need.mask).reduce(either);
  const met = both(anywhere(plus), anywhere(minus));
  const open = chance.length === 0 ? met : both(met, not(anywhere(chance)));
  if (!open.data.includes(1)) return { mask, gradient: null, isSure: true };
  const isSure = plus.length === 1 && minus.length === 1 && needs.every(({ gradient }) => gradient === null || gradient.isUnit);
  return { mask: isSure ? both(mask, not(open)) : mask, gradient: null, isSure };
}
