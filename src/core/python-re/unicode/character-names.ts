import unicodeNames from './unicode-names.txt?raw';
import { isUnifiedIdeograph } from './unicode.ts';

const leads = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const vowels = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const tails = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

let codes: ReadonlyMap<string, number> | null = null;

/**
 * Reads `unicode-names.txt`. First the names in ascending order of code: the gap to the code before in base 36, the
 * name, where `#` means `-` and the code in hexadecimal. After an empty line the aliases: code in base 36, alias.
 */
function readCodes(): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  const [names = '', aliases = ''] = unicodeNames.trimEnd().split('\n\n');
  let code = 0;
  for (const line of names.split('\n')) {
    const start = line.search(/[A-Z]/);
    if (start > 0) code += Number.parseInt(line.slice(0, start), 36);
    const name = line.slice(start);
    map.set(name.endsWith('#') ? `${name.slice(0, -1)}-${code.toString(16).toUpperCase()}` : name, code);
    code++;
  }
  for (const line of aliases.split('\n')) {
    const space = line.indexOf(' ');
    map.set(line.slice(space + 1), Number.parseInt(line.slice(0, space), 36));
  }
  for (let i = 1; i <= 256; i++) map.set(`VS${i}`, i <= 16 ? 0xfe00 + i - 1 : 0xe0100 + i - 17);
  return map;
}

/**
 * Finds a character by its Unicode name, as `\N{…}` does: names and aliases in any case, Hangul syllables and
 * unified ideographs in capitals. `null` when there is none.
 */
export function findCharacter(name: string): number | null {
  if (name.startsWith('HANGUL SYLLABLE ')) return findSyllable(name.slice(16));
  if (name.startsWith('CJK UNIFIED IDEOGRAPH-')) {
    const digits = name.slice(22);
    if (!/^[0-9A-F]{4,5}$/.test(digits)) return null;
    const code = Number.parseInt(digits, 16);
    return isUnifiedIdeograph(code) ? code : null;
  }
  if (!/^[ -~]+$/.test(name)) return null;
  codes ??= readCodes();
  return codes.get(name.toUpperCase()) ?? null;
}

function findSyllable(text: string): number | null {
  for (const [lead, leadText] of leads.entries()) {
    if (!text.startsWith(leadText)) continue;
    for (const [vowel, vowelText] of vowels.entries()) {
      if (!text.startsWith(vowelText, leadText.length)) continue;
      const tail = tails.indexOf(text.slice(leadText.length + vowelText.length));
      if (tail >= 0) return 0xac00 + (lead * 21 + vowel) * 28 + tail;
    }
  }
  return null;
}
