import { itemAt } from '../values/subscript.ts';
import { formatValue, reprOf, textOf } from '../values/text-of.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import type { Arguments, PyValue } from '../values/values.ts';

/** `text.format(…)`: `{}`, `{0}`, `{name}`, `{0[key]}`, conversions and format specifications. */
export function formatTemplate(text: string, given: Arguments): string {
  let next = 0;
  const fieldOf = (field: string): PyValue => {
    const [, name = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(field) ?? [];
    if (rest !== '' && !/^(?:\[[^\]]*\])+$/.test(rest)) throw new NotSupported();
    let value = name === '' ? given.positional[next++] : /^\d+$/.test(name) ? given.positional[Number(name)] : given.named.get(name);
    if (value === undefined) {
      if (name === '' || /^\d+$/.test(name)) throw new PyRaise('IndexError', 'Replacement index out of range for positional args tuple');
      throw new PyRaise('KeyError', reprOf(name));
    }
    for (const [, key = ''] of rest.matchAll(/\[([^\]]*)\]/g)) value = itemAt(value, /^\d+$/.test(key) ? BigInt(key) : key);
    return value;
  };
  const replace = (source: string): string => {
    let made = '';
    let at = 0;
    while (at < source.length) {
      const unit = source[at]!;
      if ((unit === '{' || unit === '}') && source[at + 1] === unit) {
        made += unit;
        at += 2;
      } else if (unit === '{') {
        const end = closingBrace(source, at);
        const [, field = '', conversion, spec = ''] = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(source.slice(at + 1, end)) ?? [];
        const value = fieldOf(field);
        const converted = conversion === undefined ? value : conversion === 's' ? textOf(value) : reprOf(value);
        made += formatValue(converted, replace(spec));
        at = end + 1;
      } else if (unit === '}') {
        throw new PyRaise('ValueError', "Single '}' encountered in format string");
      } else {
        made += unit;
        at++;
      }
    }
    return made;
  };
  return replace(text);
}

function closingBrace(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    if (source[at] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at;
  }
  throw new PyRaise('ValueError', "expected '}' before end of string");
}
