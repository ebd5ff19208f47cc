import {
  alphaRanges,
  digitRanges,
  ideographRanges,
  lowerRuns,
  nameRanges,
  nameStartRanges,
  spaceRanges,
  upperRuns,
  wordRanges,
} from './unicode-tables.ts';

/** Sorted bounds: `low, one past high, low, one past high …`. */
type Ranges = Int32Array;

const decoded = new Map<string, Ranges>();
const decodedCase = new Map<string, ReadonlyMap<number, number>>();

function rangesOf(packed: string): Ranges {
  let ranges = decoded.get(packed);
  if (!ranges) decoded.set(packed, (ranges = unpackRanges(packed)));
  return ranges;
}

function unpackRanges(packed: string): Ranges {
  const bounds: number[] = [];
  let end = 0;
  for (const item of packed.split(' ')) {
    const [gap = '', length = '1'] = item.split('.');
    const low = end + Number.parseInt(gap, 36);
    end = low + Number.parseInt(length, 36);
    bounds.push(low, end);
  }
  return Int32Array.from(bounds);
}

/** Number of bounds that are not above `code`; odd when it lies in a range. */
function boundsBelow(ranges: Ranges, code: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]! <= code) low = middle + 1;
    else high = middle;
  }
  return low;
}

function contains(packed: string, code: number): boolean {
  return (boundsBelow(rangesOf(packed), code) & 1) === 1;
}

function caseOf(packed: string): ReadonlyMap<number, number> {
  let map = decodedCase.get(packed);
  if (!map) decodedCase.set(packed, (map = unpackCase(packed)));
  return map;
}

function unpackCase(packed: string): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  let start = 0;
  for (const run of packed.split(' ')) {
    const [gap = 0, count = 0, step = 0, delta = 0] = run.split('.').map((part) => Number.parseInt(part, 36));
    start += gap;
    for (let i = 0; i < count; i++) map.set(start + i * step, start + i * step + delta);
  }
  return map;
}

/** Whether Python names the character `CJK UNIFIED IDEOGRAPH-…`. */
export function isUnifiedIdeograph(code: number): boolean {
  return contains(ideographRanges, code);
}

/** `\w` of Python: letters, digits and numerals of all scripts, and `_`. */
export function isWord(code: number): boolean {
  return code < 128 ? isAsciiWord(code) : contains(wordRanges, code);
}

/** `\w` under the flag `a`. */
export function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** `\d` of Python: decimal digits of all scripts. */
export function isDigit(code: number): boolean {
  return code < 128 ? isAsciiDigit(code) : contains(digitRanges, code);
}

/** `\d` under the flag `a`. */
export function isAsciiDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `\s` of Python. */
export function isSpace(code: number): boolean {
  return contains(spaceRanges, code);
}

/** `\s` under the flag `a`. */
export function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** `str.isalpha` of one character. */
export function isAlpha(code: number): boolean {
  return contains(alphaRanges, code);
}

/** `str.isidentifier`. */
export function isIdentifier(text: string): boolean {
  let first = true;
  for (const character of text) {
    if (!contains(first ? nameStartRanges : nameRanges, character.codePointAt(0)!)) return false;
    first = false;
  }
  return !first;
}

/** Lower case of a character as `re` sees it: always one character. */
export function toLower(code: number): number {
  if (code < 128) return toAsciiLower(code);
  return caseOf(lowerRuns).get(code) ?? code;
}

/** Lower case under the flag `a`. */
export function toAsciiLower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Upper case of a character: always one character. */
export function toUpper(code: number): number {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  return caseOf(upperRuns).get(code) ?? code;
}

/** Whether a character has another case. */
export function isCased(code: number): boolean {
  return toLower(code) !== code || toUpper(code) !== code;
}

/** Whether a character has another case under the flag `a`. */
export function isAsciiCased(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

let capitals: ReadonlyMap<number, readonly number[]> | null = null;

/** Characters other than itself whose lower case is `code`. */
export function capitalsOf(code: number): readonly number[] {
  if (!capitals) {
    const map = new Map<number, number[]>();
    for (let i = 65; i <= 90; i++) map.set(i + 32, [i]);
    for (const [upper, lower] of caseOf(lowerRuns)) {
      if (upper < 128) continue;
      const known = map.get(lower);
      if (known) known.push(upper);
      else map.set(lower, [upper]);
    }
    capitals = map;
  }
  return capitals.get(code) ?? [];
}

let casedCodes: Int32Array | null = null;

/** Whether some character from `low` to `high` has another case. */
export function hasCased(low: number, high: number): boolean {
  casedCodes ??= Int32Array.from(new Set([...caseOf(lowerRuns).keys(), ...caseOf(upperRuns).keys()])).sort();
  const next = casedCodes[boundsBelow(casedCodes, low - 1)];
  return next !== undefined && next <= high;
}

/** Value of a decimal digit of any script. Digits are in runs of ten, each beginning with its zero. */
export function digitValue(code: number): number {
  const ranges = rangesOf(digitRanges);
  return (code - ranges[boundsBelow(ranges, code) - 1]!) % 10;
}

/** Lower-case characters that share their upper case, as `re` knows them. */
const equalCases: readonly (readonly number[])[] = [
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
  [0x1e61, 0x1e9b],
  [0xfb05, 0xfb06],
];

/** Pairs that `re` knows since Python 3.9. */
const laterEqualCases: readonly (readonly number[])[] = [
  [0x432, 0x1c80],
  [0x434, 0x1c81],
  [0x43e, 0x1c82],
  [0x441, 0x1c83],
  [0x442, 0x1c84, 0x1c85],
  [0x44a, 0x1c86],
  [0x463, 0x1c87],
  [0x1c88, 0xa64b],
];

type EqualCases = ReadonlyMap<number, readonly number[]>;

const equalCasesBefore39 = byCharacter(equalCases);
const equalCasesSince39 = byCharacter([...equalCases, ...laterEqualCases]);

function byCharacter(sets: readonly (readonly number[])[]): EqualCases {
  return new Map(sets.flatMap((set) => set.map((code) => [code, set.filter((other) => other !== code)])));
}

/** Other lower-case characters with the same upper case as this lower-case one, in Python 3.`minor`. */
export function sameCaseAs(lower: number, minor: number): readonly number[] {
  return (minor < 9 ? equalCasesBefore39 : equalCasesSince39).get(lower) ?? [];
}
