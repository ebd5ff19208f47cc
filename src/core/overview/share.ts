/** Parameters in numbers: elements, and the part that is masked, quantized or covered. */
export interface Share {
  readonly elements: number;
  /** Pruning: elements that will be masked. Elements of `estimated` count by their ratio; elements of `open` do not count. */
  readonly masked: number;
  /** Pruning: elements whose mask the weights decide, though a ratio is given (rule X2). */
  readonly estimated: number;
  /** Pruning: elements of whose mask nothing is known before the weights are, as with a threshold (rule X4). */
  readonly open: number;
  /** Bits that the elements take in the model. */
  readonly bitsBefore: number;
  /** Bits that they take at the widths of the list; as before where it sets none. */
  readonly bitsAfter: number;
}

/** Configured elements of one module under one sub-config. */
export interface Contribution extends Share {
  readonly module: number;
  readonly subConfig: number;
}

export const noShare: Share = { elements: 0, masked: 0, estimated: 0, open: 0, bitsBefore: 0, bitsAfter: 0 };

/** Sum of two shares, field by field. */
export function addShares(a: Share, b: Share): Share {
  return {
    elements: a.elements + b.elements,
    masked: a.masked + b.masked,
    estimated: a.estimated + b.estimated,
    open: a.open + b.open,
    bitsBefore: a.bitsBefore + b.bitsBefore,
    bitsAfter: a.bitsAfter + b.bitsAfter,
  };
}
