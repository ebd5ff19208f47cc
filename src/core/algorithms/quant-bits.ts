import type { QuantRange } from '../resolve/quant-dtype.ts';
import { pythonFloat } from '../config/value.ts';
import type { QuantizerName } from './algorithm.ts';
import type { OutcomeError } from './outcome.ts';
import type { TargetKind } from '../resolve/resolution.ts';

/** Ranges of more bits than this are not written out: every quantizer but one fails on them. */
const writtenBits = 4096;

/** qmin and qmax as Python writes them; below one bit they are floats. */
export function writtenRange({ signed, bits }: QuantRange): { readonly minimum: string; readonly maximum: string } {
  if (bits > writtenBits) return signed ? { minimum: `-2**${bits - 1}+1`, maximum: `2**${bits - 1}-1` } : { minimum: '0', maximum: `2**${bits}-1` };
  if (signed) {
    if (bits < 1) return { minimum: pythonFloat(-(2 ** (bits - 1)) + 1), maximum: pythonFloat(2 ** (bits - 1) - 1) };
    const bound = 2n ** BigInt(bits - 1) - 1n;
    return { minimum: String(-bound), maximum: String(bound) };
  }
  return { minimum: '0', maximum: bits < 0 ? pythonFloat(2 ** bits - 1) : String(2n ** BigInt(bits) - 1n) };
}

/** The error that a quantizer raises for a range that torch or Python cannot work with (rule A-Q10). */
export function rangeError(
  quantizer: QuantizerName,
  kind: TargetKind,
  { signed, bits }: QuantRange,
): Pick<OutcomeError, 'moment' | 'type' | 'message' | 'rule'> | null {
  const isWhole = signed ? bits >= 1 : bits >= 0;
  const isNegative = signed ? bits < 1 : bits < 0;
  const overflows = isPastLong({ signed, bits });
  const raise = (moment: OutcomeError['moment'], type: string, message = '') => ({ moment, type, message, rule: 'A-Q10' });
  const overflow = (moment: OutcomeError['moment'], floatBits: number) =>
    bits >= floatBits
      ? raise(moment, 'OverflowError', 'int too large to convert to float')
      : raise(moment, 'RuntimeError', 'Overflow when unpacking long');
  switch (quantizer) {
    case 'QATQuantizer':
      if (!isWhole) return raise('first-forward', 'AssertionError');
      return overflows ? overflow('first-forward', 1024) : null;
    case 'DoReFaQuantizer':
      if (kind === 'input' && !isWhole) return raise('first-forward', 'AssertionError');
      return overflows ? overflow('first-forward', 1024) : null;
    case 'PtqQuantizer':
      return overflows ? overflow('compress', 1024) : null;
    case 'BNNQuantizer':
      return overflows ? overflow('compress', Infinity) : null;
    case 'LsqQuantizer':
      if (overflows) return overflow('first-forward', Infinity);
      return isNegative ? raise('compress', 'RuntimeError') : null;
    case 'LsqPlusQuantizer':
      if (overflows) return overflow('first-forward', 1025);
      return isNegative ? raise('compress', 'RuntimeError') : null;
  }
}

/** The range of a target that no forward pass meets counts when LsqPlus reports it after `compress` (rule A-Q10). */
export function unmetRangeError(range: QuantRange): ReturnType<typeof rangeError> {
  return isPastLong(range) ? { moment: 'compress', type: 'RuntimeError', message: 'Overflow when unpacking long', rule: 'A-Q10' } : null;
}

/** torch takes whole numbers of 64 bits with a sign. */
function isPastLong({ signed, bits }: Pick<QuantRange, 'signed' | 'bits'>): boolean {
  return signed ? bits > 64 : bits > 63;
}
