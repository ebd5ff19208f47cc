import type { Mask } from './mask.ts';

/**
 * The gradient that a node gives to one of its inputs where it needs it: exactly one (`isUnit`) or some number of one sign.
 * Null where it differs by chance, so that nothing cancels it.
 */
export type Gradient = { readonly sign: 1 | -1; readonly isUnit: boolean } | null;

/** The gradient of a value that a node passes on unchanged: in a sum, a part, another order. */
export const unitGradient: Gradient = { sign: 1, isUnit: true };

/** Says that a value is needed where the mask lives, and with which gradient. */
export type Want = (item: number | undefined, mask: Mask, gradient: Gradient) => void;
