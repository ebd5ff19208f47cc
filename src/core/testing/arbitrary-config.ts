import * as fc from 'fast-check';
import { floatOf, intOf, type ConfigNumber, type ConfigObject, type ConfigValue } from '../config/value.ts';

/** Numbers in the many forms that people write. */
export const arbitraryNumber: fc.Arbitrary<ConfigNumber> = fc.oneof(
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((value) => intOf(value)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => floatOf(value)),
  fc.constantFrom('1.0', '1e-3', '-0.0', '0.50', '1E5', '5e-324', '123456789.0e-3').map((text): ConfigNumber => ({ type: 'float', text })),
);

/** Keys and strings with quotes, escapes, any of Unicode, and names that JavaScript treats specially. */
export const arbitraryString: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', '', '"', "'", '\\', '\n', '\u2028', '层.0', "'''", '\\d+', '\ud800', 'a\udfff\\', '\udc00\ud800'),
);

/** Any value that a JSON text can hold; keys of an object are unique. */
export const arbitraryValue: fc.Arbitrary<ConfigValue> = fc.letrec<{ value: ConfigValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    arbitraryString,
    arbitraryNumber,
    fc.array(tie('value'), { maxLength: 5 }),
    objectWith(tie('value')),
  ),
})).value;

/** Any object whose values are arbitrary. */
export const arbitraryObject: fc.Arbitrary<ConfigObject> = objectWith(arbitraryValue);

/** Text that looks like source: brackets, quotes, words and numbers in any order. */
export const arbitrarySource: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'[ ] { } ( ) : , \' " # = + - * \\ .'.split(' '), ' ', '\n', '\t', '\r\n'),
      fc.constantFrom('"a"', "'b'", '"""', "r'", '1', '1.0', '1e', '0x', '1_0', 'None', 'True'),
      fc.constantFrom('true', 'config_list', 'dict(', 'lambda', '//', '/*', '\uFEFF', '\u00A0', '\\N{A}', '\\x'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

function objectWith(value: fc.Arbitrary<ConfigValue>): fc.Arbitrary<ConfigObject> {
  return fc
    .uniqueArray(fc.tuple(arbitraryString, value), { maxLength: 5, selector: ([key]) => key })
    .map((entries): ConfigObject => ({ type: 'object', entries }));
}
