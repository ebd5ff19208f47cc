import { numberOf, pythonFloat } from './value.ts';
import type { ConfigNumber } from './value.ts';

/** Python itself refuses longer decimal literals. */
const mostDigits = 4300;

/** A number literal as JSON writes it; `null` for numbers that Python refuses or JSON lacks (complex numbers). */
export function readPythonNumber(source: string): ConfigNumber | null {
  if (/__|_$|_[.eEjJ]|[.eE]_|^_/.test(source)) return null;
  const text = source.replaceAll('_', '');
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text)) {
    return text.length > mostDigits ? null : { type: 'int', text: String(BigInt(text)) };
  }
  if (/^(?:0+|[1-9]\d*)$/.test(text)) {
    return text.length > mostDigits ? null : { type: 'int', text: text.startsWith('0') ? '0' : text };
  }
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) || !/[.eE]/.test(text)) return null;
  if (/^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return { type: 'float', text };
  const value = numberOf({ type: 'float', text });
  // `1.` and `.5` are no JSON; a number beyond all floats stays so.
  return { type: 'float', text: Number.isFinite(value) ? pythonFloat(value) : '1e999' };
}
