import type { Mask } from './mask.ts';

/** Says that a value is needed where the mask lives. */
export type Want = (item: number | undefined, mask: Mask) => void;
