/** Characters as Python's `re` sees them: categories, and case folding one character to one. */

const decimalDigit = /^\p{Nd}$/u;
const letterOrNumber = /^[\p{L}\p{N}]$/u;

export function isDigit(code: number, ascii: boolean): boolean {
  if (code < 128) return code >= 48 && code <= 57;
  return !ascii && decimalDigit.test(String.fromCodePoint(code));
}

export function isSpace(code: number, ascii: boolean): boolean {
  if (code === 32 || (code >= 9 && code <= 13)) return true;
  if (ascii) return false;
  return (
    (code >= 0x1c && code <= 0x1f) ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export function isWord(code: number, ascii: boolean): boolean {
  if (code < 128) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  }
  return !ascii && letterOrNumber.test(String.fromCodePoint(code));
}

/** The lower case of one character, always one character. */
export function toLower(code: number, ascii: boolean): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  if (ascii) return code;
  return String.fromCodePoint(code).toLowerCase().codePointAt(0)!;
}

/** The upper case of one character, always one character. */
export function toUpper(code: number): number {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  if (hasIotaSubscript(code)) return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? code + 9 : code + 8;
  const upper = String.fromCodePoint(code).toUpperCase();
  const first = upper.codePointAt(0)!;
  return String.fromCodePoint(first).length === upper.length ? first : code;
}

/** Greek letters whose full upper case is two characters while the simple one is one. */
function hasIotaSubscript(code: number): boolean {
  if (code < 0x1f80 || code > 0x1ff3) return false;
  return (
    (code <= 0x1faf && (code & 8) === 0) || code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3
  );
}

/** Whether the character has another case. */
export function isCased(code: number, ascii: boolean): boolean {
  if (ascii) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return toLower(code, false) !== code || toUpper(code) !== code;
}

/** Lower-case characters that share their upper case, by each of them. */
export const sameUpper: ReadonlyMap<number, readonly number[]> = groupBySharedUpper([
  [0x69, 0x131],
  [0x73, 0x17f],
  [0xb5, 0x3bc],
  [0x345, 0x3b9, 0x1fbe],
  [0x390, 0x1fd3],
  [0x3b0, 0x1fe3],
  [0x3b2, 0x3d0],
  [0x3b5, 0x3f5],
  [0x3b8, 0x3d1],
  [0x3ba, 0x3f0],
  [0x3c0, 0x3d6],
  [0x3c1, 0x3f1],
  [0x3c2, 0x3c3],
  [0x3c6, 0x3d5],
  [0x432, 0x1c80],
  [0x434, 0x1c81],
  [0x43e, 0x1c82],
  [0x441, 0x1c83],
  [0x442, 0x1c84, 0x1c85],
  [0x44a, 0x1c86],
  [0x463, 0x1c87],
  [0x1c88, 0xa64b],
  [0x1e61, 0x1e9b],
  [0xfb05, 0xfb06],
]);

function groupBySharedUpper(groups: readonly (readonly number[])[]): ReadonlyMap<number, readonly number[]> {
  const map = new Map<number, readonly number[]>();
  for (const group of groups) {
    for (const code of group) map.set(code, group.filter((other) => other !== code));
  }
  return map;
}
