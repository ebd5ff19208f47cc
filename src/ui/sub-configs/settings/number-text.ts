import { floatOf, type ConfigNumber } from '../../../core/config/value.ts';

/** Parses a typed float: `1` becomes `1.0` (rule E1). `null` when the text is no number. */
export function parseFloatText(text: string): ConfigNumber | null {
  const plain = text.trim().replace(',', '.');
  if (!/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return null;
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)$/.test(plain)) return { type: 'float', text: plain };
  return floatOf(Number(plain));
}

/** Reads an int; `null` when it is none. */
export function parseIntText(text: string): ConfigNumber | null {
  const plain = text.trim();
  return /^-?(?:0|[1-9]\d*)$/.test(plain) ? { type: 'int', text: plain } : null;
}

/** Reads a comma-separated list of ints, brackets or not; `null` when one is none. */
export function parseIntList(text: string): readonly ConfigNumber[] | null {
  const inner = text.trim().replace(/^\[|\]$/g, '').trim();
  if (inner === '') return [];
  const numbers = inner.split(',').map(parseIntText);
  return numbers.every((number) => number !== null) ? numbers : null;
}

/** Smallest and largest value of an integer type (rule R3); `null` for other types. */
export function rangeOfDtype(dtype: string): { readonly least: string; readonly most: string } | null {
  const parts = /^(u?)int(\d+)$/.exec(dtype);
  if (!parts) return null;
  const bits = BigInt(parts[2]!);
  if (bits < 1n || bits > 64n) return null;
  if (parts[1] === 'u') return { least: '0', most: String(2n ** bits - 1n) };
  return { least: String(-(2n ** (bits - 1n)) + 1n), most: String(2n ** (bits - 1n) - 1n) };
}
