import { pythonRepr, pythonTypeName } from '../config/python-repr.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import type { ConfigValue } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { fail, type Result, succeed } from '../result.ts';

/** A quantized range; the bounds are exact while they fit a JavaScript number. */
export interface QuantRange {
  readonly signed: boolean;
  readonly bits: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Reads `int8`, `uint4` … (rule R3): `TypeError` for another prefix, `ValueError` when no number follows. Nothing,
 * `None` and the empty text count as `int8`.
 */
export function parseQuantDtype(value: ConfigValue | undefined): Result<QuantRange, RaisedError> {
  if (value === undefined || value === null || value === '') return succeed(rangeOf(true, 8));
  if (typeof value !== 'string') {
    return fail({
      type: 'AttributeError',
      message: `'${pythonTypeName(value)}' object has no attribute 'startswith'`,
    });
  }
  const prefix = /^u?int/.exec(value)?.[0];
  if (prefix === undefined) return fail({ type: 'TypeError', message: `Unsupported quant_dtype: ${value}` });
  const digits = value.slice(prefix.length);
  if (!isPythonIntText(digits)) {
    const message = `invalid literal for int() with base 10: ${pythonStringRepr(digits)}`;
    return fail({ type: 'ValueError', message });
  }
  return succeed(rangeOf(prefix === 'int', Number(asciiDigits(digits.trim().replaceAll('_', '')))));
}

/** Whether Python's `int()` accepts a text: digits with a sign, single underscores between them, and space around. */
function isPythonIntText(text: string): boolean {
  return /^[\s\u001c-\u001f]*[+-]?\p{Nd}+(?:_\p{Nd}+)*[\s\u001c-\u001f]*$/u.test(text);
}

/** The text with the digits of all scripts as ASCII ones. Unicode keeps the ten digits of a script together, from zero on. */
function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    let value = 0;
    for (let code = digit.codePointAt(0)!; /^\p{Nd}$/u.test(String.fromCodePoint(code - 1)); code--) value++;
    return String(value % 10);
  });
}

function rangeOf(signed: boolean, bits: number): QuantRange {
  return signed
    ? { signed, bits, minimum: -(2 ** (bits - 1)) + 1, maximum: 2 ** (bits - 1) - 1 }
    : { signed, bits, minimum: 0, maximum: 2 ** bits - 1 };
}

/** The setting as a person wrote it, for messages. */
export function quantDtypeText(value: ConfigValue | undefined): string {
  return typeof value === 'string' ? value : pythonRepr(value ?? null);
}
