import { inflateSync, strFromU8 } from 'fflate';
import type { FindCharacter } from './parser.ts';

let names: ReadonlyMap<string, number> | null = null;

/** Whether a pattern may hold `\N{…}`, for which the names have to be loaded first. */
export function needsCharacterNames(source: string): boolean {
  return source.includes('\\N');
}

/** Loads the names of characters once; until then every `\N{…}` counts as undefined. */
export async function loadCharacterNames(): Promise<void> {
  if (names) return;
  const { characterNamesData } = await import('./character-names-data.ts');
  const map = new Map<string, number>();
  for (const line of strFromU8(inflateSync(fromBase64(characterNamesData))).split('\n')) {
    const space = line.indexOf(' ');
    map.set(line.slice(space + 1), Number.parseInt(line.slice(0, space), 16));
  }
  names = map;
}

/** `unicodedata.lookup` for single characters (rule P6): the code point, or `null` when no character has the name. */
export const findCharacter: FindCharacter = (name) => {
  const wanted = name.toUpperCase();
  return names?.get(wanted) ?? ideograph(wanted) ?? hangulSyllable(wanted);
};

const ideographRanges: readonly (readonly [number, number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b738],
  [0x2b740, 0x2b81d],
  [0x2b820, 0x2cea1],
  [0x2ceb0, 0x2ebe0],
  [0x30000, 0x3134a],
];

function ideograph(name: string): number | null {
  const digits = /^CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})$/.exec(name)?.[1];
  if (digits === undefined) return null;
  const code = Number.parseInt(digits, 16);
  return ideographRanges.some(([low, high]) => code >= low && code <= high) ? code : null;
}

const leads = ['G', 'GG', 'N', 'D', 'DD', 'R', 'M', 'B', 'BB', 'S', 'SS', '', 'J', 'JJ', 'C', 'K', 'T', 'P', 'H'];
const vowels = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const tails = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

function hangulSyllable(name: string): number | null {
  const sounds = /^HANGUL SYLLABLE ([BCDGHJKMNPRST]*)([AEIOUWY]+)([A-Z]*)$/.exec(name);
  if (!sounds) return null;
  const [lead, vowel, tail] = [leads.indexOf(sounds[1]!), vowels.indexOf(sounds[2]!), tails.indexOf(sounds[3]!)];
  return lead < 0 || vowel < 0 || tail < 0 ? null : 0xac00 + (lead * 21 + vowel) * 28 + tail;
}

function fromBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const valueOf = new Uint8Array(128);
  for (let i = 0; i < 64; i++) valueOf[alphabet.charCodeAt(i)] = i;
  const length = Math.floor((text.replace(/=+$/, '').length * 3) / 4);
  const bytes = new Uint8Array(length);
  for (let from = 0, to = 0; to < length; from += 4, to += 3) {
    const at = (k: number) => valueOf[text.charCodeAt(from + k) & 127]!;
    const bits = (at(0) << 18) | (at(1) << 12) | (at(2) << 6) | at(3);
    bytes[to] = bits >> 16;
    if (to + 1 < length) bytes[to + 1] = (bits >> 8) & 255;
    if (to + 2 < length) bytes[to + 2] = bits & 255;
  }
  return bytes;
}
