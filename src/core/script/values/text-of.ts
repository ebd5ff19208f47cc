import { pythonStringRepr } from '../../python/string-repr.ts';
import { pythonFloat } from '../../config/value.ts';
import { isKind, plainValue, specialMethod } from './classes.ts';
import { comparedFields, requireSure } from './equality.ts';
import { NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyDeque, PyDict, PyFloat, PyInstance, PyList, PyNamedTuple, PyRange, PyReference, PySet, PyTuple, PyView, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** As many decimals as JavaScript writes: enough to see on which side of the middle a number lies. */
const mostDecimals = 100;

/** `str(float)`: `nan` and `inf` where JSON writes other words. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? pythonFloat(value) : value > 0 ? 'inf' : '-inf';
}

/** `repr(value)`. */
export function reprOf(given: PyValue): string {
  const value = decided(given);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return pythonStringRepr(value);
  if (value instanceof PyFloat) return floatText(value.value);
  requireSure(value);
  if (value instanceof PyList) return `[${value.items.map(reprOf).join(', ')}]`;
  if (value instanceof PyNamedTuple) {
    if (value.made.attributes.has('__repr__')) throw new NotSupported();
    return `${value.made.name}(${value.items.map((item, at) => `${value.names[at]}=${reprOf(item)}`).join(', ')})`;
  }
  if (value instanceof PyView) {
    requireSure(value.dict);
    const entries = [...value.dict.entries.values()];
    if (value.kind === 'items') return `dict_items([${entries.map(([key, item]) => `(${reprOf(key)}, ${reprOf(item)})`).join(', ')}])`;
    return `dict_${value.kind}([${entries.map(([key, item]) => reprOf(value.kind === 'keys' ? key : item)).join(', ')}])`;
  }
  if (value instanceof PyDeque) return `deque([${value.items.map(reprOf).join(', ')}]${value.most === null ? '' : `, maxlen=${value.most}`})`;
  if (value instanceof PySet && value.entries.size < 2 && !value.isFrozen) {
    return value.entries.size === 0 ? 'set()' : `{${[...value.entries.values()].map(reprOf).join('')}}`;
  }
  if (value instanceof PyInstance) return reprOfInstance(value);
  if (value instanceof PyTuple) {
    return value.items.length === 1 ? `(${reprOf(value.items[0]!)},)` : `(${value.items.map(reprOf).join(', ')})`;
  }
  if (value instanceof PyDict) {
    if (value.kind !== 'dict') throw new NotSupported();
    return `{${[...value.entries.values()].map(([key, item]) => `${reprOf(key)}: ${reprOf(item)}`).join(', ')}}`;
  }
  if (value instanceof PyRange) {
    return value.step === 1n ? `range(${value.start}, ${value.stop})` : `range(${value.start}, ${value.stop}, ${value.step})`;
  }
  if (value instanceof PyReference && value.className !== null) return `<class '${value.className}'>`;
  throw new NotSupported();
}

/** `repr` of an object: its class's own, a dataclass's, that of a member of an enum, or of an exception. */
function reprOfInstance(value: PyInstance): string {
  const { made } = value;
  const method = specialMethod(value, '__repr__');
  if (method !== null) return decidedText(method());
  if (made.kind === 'namespace') {
    const named = [...value.attributes].map(([name, item]) => `${name}=${reprOf(item)}`).join(', ');
    return `${made.name === 'SimpleNamespace' ? 'namespace' : made.name}(${named})`;
  }
  if (made.isInFunction) throw new NotSupported();
  const fields = made.options.has('no-repr') ? null : (made.allFields() ?? comparedFields(made));
  if (fields !== null) return `${made.name}(${fields.map((name) => `${name}=${reprOf(value.attributes.get(name) ?? unset())}`).join(', ')})`;
  if (made.kind === 'enum' && made.plainType !== 'int') return `<${memberText(value)}: ${reprOf(value.attributes.get('value') ?? unset())}>`;
  if (isKind(made, 'exception')) {
    const args = value.attributes.get('args');
    if (args instanceof PyTuple) return `${made.name}(${args.items.map(reprOf).join(', ')})`;
  }
  // It names an address in memory.
  throw new NotSupported();
}

function unset(): never {
  throw new NotSupported();
}

function memberText({ made, attributes }: PyInstance): string {
  const name = attributes.get('name');
  return typeof name === 'string' ? `${made.name}.${name}` : unset();
}

function decidedText(given: PyValue): string {
  const text = decided(given);
  if (typeof text !== 'string') throw new PyRaise('TypeError', '__str__ returned non-string');
  return text;
}

/** `str(value)`. */
export function textOf(given: PyValue): string {
  const value = decided(given);
  if (typeof value === 'string') return value;
  if (!(value instanceof PyInstance)) return reprOf(value);
  const method = specialMethod(value, '__str__');
  if (method !== null) return decidedText(method());
  // What the text of a member of an enum of numbers is differs between versions.
  if (value.made.kind === 'enum') return value.made.plainType === 'int' || specialMethod(value, '__repr__') ? unset() : memberText(value);
  if (isKind(value.made, 'exception')) return exceptionText(value);
  return reprOf(value);
}

function exceptionText(value: PyInstance): string {
  const args = value.attributes.get('args');
  if (!(args instanceof PyTuple)) throw new NotSupported();
  const [only] = args.items;
  if (args.items.length === 0) return '';
  if (args.items.length > 1) return reprOf(args);
  return isKeyError(value) ? reprOf(only!) : textOf(only!);
}

function isKeyError({ made }: PyInstance): boolean {
  return made.name === 'KeyError' || made.bases.some((base) => 'name' in (base as object) && (base as { readonly name: string }).name === 'KeyError');
}

const specification = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/u;

/** `format(value, spec)` for numbers and strings. */
export function formatValue(given: PyValue, spec: string): string {
  let value = decided(given);
  if (value instanceof PyInstance) {
    const method = specialMethod(value, '__format__');
    if (method !== null) return decidedText(method(spec));
    // How a member of an enum of texts is written differs between versions.
    if (value.plain !== null && (typeof value.plain === 'string' || specialMethod(value, '__str__'))) throw new NotSupported();
    if (value.plain !== null) value = value.plain;
    else if (spec !== '' && value.made.kind !== 'enum') throw new PyRaise('TypeError', `unsupported format string passed to ${value.made.name}.__format__`);
    else value = textOf(value);
  }
  if (spec === '') return textOf(value);
  const parts = specification.exec(spec);
  if (!parts) throw new NotSupported();
  const [, fill, align, sign = '-', alternate, zero, width = '0', group, precision, type] = parts;
  const digits = precision === undefined ? null : Number(precision);
  if (Number(width) > 10_000 || (digits ?? 0) > 1000) throw new NotSupported();
  if (typeof value === 'string') {
    if (type !== undefined && type !== 's') throw new PyRaise('ValueError', `Unknown format code '${type}' for object of type 'str'`);
    return pad(digits === null ? value : Array.from(value).slice(0, digits).join(''), Number(width), align ?? '<', fill ?? (zero ? '0' : ' '));
  }
  const number = typeof value === 'boolean' && type !== undefined ? BigInt(value) : value;
  let body: string;
  if (typeof number === 'bigint' && !(type !== undefined && 'eEfFgG%'.includes(type))) {
    if (digits !== null) throw new PyRaise('ValueError', 'Precision not allowed in integer format specifier');
    body = intBody(number < 0n ? -number : number, type ?? 'd', alternate !== undefined);
  } else if (typeof number === 'bigint' || number instanceof PyFloat) {
    const float = typeof number === 'bigint' ? Number(number) : number.value;
    body = floatBody(Math.abs(float), type ?? null, digits);
  } else {
    // None, a list or a dict takes no format.
    throw value === null || value instanceof PyList || value instanceof PyDict ? new PyRaise('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`) : new NotSupported();
  }
  if (group !== undefined) body = body.replace(/^\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group));
  const isNegative = typeof number === 'bigint' ? number < 0n : number.value < 0 || Object.is(number.value, -0);
  const mark = isNegative ? '-' : sign === '-' ? '' : sign;
  const padding = zero !== undefined && align === undefined ? '=' : (align ?? '>');
  const filler = fill ?? (zero ? '0' : ' ');
  if (padding === '=') return mark + pad(body, Number(width) - mark.length, '>', filler);
  return pad(mark + body, Number(width), padding, filler);
}

function intBody(value: bigint, type: string, alternate: boolean): string {
  const bases: Readonly<Record<string, readonly [base: number, prefix: string]>> = { b: [2, '0b'], o: [8, '0o'], x: [16, '0x'], X: [16, '0X'] };
  if (type === 'd' || type === 'n') return String(value);
  if (type === 'c') return String.fromCodePoint(Number(value));
  const found = bases[type];
  if (!found) throw new NotSupported();
  const digits = value.toString(found[0]);
  return (alternate ? found[1] : '') + (type === 'X' ? digits.toUpperCase() : digits);
}

function floatBody(value: number, type: string | null, digits: number | null): string {
  if (!Number.isFinite(value)) return floatText(value);
  switch (type) {
    case 'f':
    case 'F':
      return fixed(value, digits ?? 6);
    case '%':
      return `${fixed(value * 100, digits ?? 6)}%`;
    case 'e':
    case 'E':
      return cased(exponential(value, digits ?? 6), type === 'E');
    case 'g':
    case 'G':
      return cased(general(value, digits ?? 6), type === 'G');
    case null:
      return digits === null ? floatText(value) : shortFloat(value, digits);
    default:
      throw new NotSupported();
  }
}

const cased = (text: string, upper: boolean): string => (upper ? text.toUpperCase() : text);

/**
 * `value` with so many decimals, as C rounds: to the nearest, and from the middle to the even digit. JavaScript rounds
 * the exact value too, but goes up from the middle. `value` is not negative.
 */
export function fixed(value: number, digits: number): string {
  if (digits > 90 || value >= 1e21) throw new NotSupported();
  const rounded = value.toFixed(digits);
  const exact = value.toFixed(mostDecimals);
  const point = exact.indexOf('.');
  if (!/^50*$/.test(exact.slice(point + 1 + digits))) return rounded;
  const below = digits === 0 ? exact.slice(0, point) : exact.slice(0, point + 1 + digits);
  return '02468'.includes(below.at(-1)!) ? below : rounded;
}

function exponential(value: number, digits: number): string {
  // JavaScript goes up from the middle, C to the even digit.
  if (digits > 90 || isMiddle(value, digits)) throw new NotSupported();
  const [mantissa, exponent] = value.toExponential(Math.min(digits, mostDecimals)).split('e') as [string, string];
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** Whether `value` lies in the middle between two numbers with so many digits behind the first. */
function isMiddle(value: number, digits: number): boolean {
  return /^50*$/.test(value.toExponential(mostDecimals).replace(/e.*$/, '').replace('.', '').slice(digits + 1));
}

function general(value: number, digits: number): string {
  const precision = Math.max(digits, 1);
  if (precision > 90 || isMiddle(value, precision - 1)) throw new NotSupported();
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  if (exponent >= -4 && exponent < precision) {
    const text = value.toFixed(precision - 1 - exponent);
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
  return exponential(value, precision - 1).replace(/\.?0+e/, 'e');
}

/** A float with so many digits and no type: like `g`, with at least one digit behind the point. */
function shortFloat(value: number, digits: number): string {
  const precision = Math.max(digits, 1);
  if (precision > 90 || isMiddle(value, precision - 1)) throw new NotSupported();
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  if (exponent < -4 || exponent >= precision - 1) {
    if (value === 0) return '0.0';
    return exponential(value, precision - 1).replace(/\.?0+e/, 'e');
  }
  const text = value.toFixed(precision - 1 - exponent).replace(/(\.\d*?)0+$/, '$1');
  return text.endsWith('.') ? `${text}0` : text;
}

function pad(text: string, width: number, align: string, fill: string): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  if (align === '<') return text + fill.repeat(missing);
  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
  return fill.repeat(missing) + text;
}

/** A conversion of `%`: key, flags, width, precision, type. */
const conversion = /%(?:\(([^)]*)\))?([-+ #0]*)(\d+)?(?:\.(\d+))?([diouxXeEfFgGcrsa%])/g;

/** `template % given`. */
export function formatPercent(template: string, given: PyValue): string {
  decided(given);
  const items = given instanceof PyTuple ? given.items : [given];
  let next = 0;
  if (template.replaceAll(conversion, '').includes('%')) throw new NotSupported();
  const text = template.replaceAll(
    conversion,
    (_whole: string, key: string | undefined, flags: string, width: string | undefined, precision: string | undefined, type: string) => {
      if (type === '%') return '%';
      const item = key === undefined ? items[next++] : itemOf(given, key);
      if (item === undefined) throw new PyRaise('TypeError', 'not enough arguments for format string');
      const left = flags.includes('-') ? '<' : '';
      const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      const zero = flags.includes('0') && left === '' ? '0' : '';
      const digits = precision === undefined ? '' : `.${precision}`;
      if (type === 's' || type === 'r' || type === 'a') {
        return formatValue(type === 's' ? textOf(item) : reprOf(item), `${left || '>'}${width ?? ''}${digits}`);
      }
      if (type === 'c' && typeof item === 'string') return formatValue(item, `${left || '>'}${width ?? ''}`);
      // `%.3d` fills up with zeros.
      if ('diuc'.includes(type) && digits !== '') throw new NotSupported();
      if ('diu'.includes(type)) return formatValue(wholeNumber(item), `${left}${sign}${zero}${width ?? ''}d`);
      return formatValue(item, `${left}${sign}${flags.includes('#') ? '#' : ''}${zero}${width ?? ''}${digits}${type}`);
    },
  );
  const isMapping = given instanceof PyDict || given instanceof PyList || given instanceof PyInstance;
  if (next < items.length && !isMapping) throw new PyRaise('TypeError', 'not all arguments converted during string formatting');
  return text;
}

function wholeNumber(value: PyValue): PyValue {
  const number = plainValue(decided(value));
  if (number instanceof PyFloat) {
    if (!Number.isFinite(number.value)) throw new NotSupported();
    return BigInt(Math.trunc(number.value));
  }
  if (typeof number === 'boolean') return BigInt(number);
  if (typeof number === 'bigint') return number;
  throw new PyRaise('TypeError', '%d format: a real number is required');
}

function itemOf(given: PyValue, key: string): PyValue {
  const dict = decided(given);
  if (!(dict instanceof PyDict)) throw new PyRaise('TypeError', 'format requires a mapping');
  const found = dict.entries.get(`s${key}`);
  if (!found) throw new PyRaise('KeyError', reprOf(key));
  return found[1];
}
