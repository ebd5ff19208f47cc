import { getKey, intOf, isConfigList, isConfigNumber, isConfigObject, objectOf, withKey, type ConfigEntry, type ConfigObject, type ConfigValue } from './value.ts';
import { nearestText } from '../text/near-text.ts';

/** A value of NNI 2.x with its slips put right. */
interface Respelled<Value> {
  readonly value: Value;
  /** `weight for wieght`, in the order of the list, each once. */
  readonly changes: readonly string[];
}

const quantTypes = ['input', 'weight', 'output'] as const;
/** Without any bits in `quant_bits`, 8 are usual. */
const usualBits = intOf(8);
/** The slip of a sub-config without bits. */
export const noBits = 'quant_bits 8';

/**
 * Puts right what NNI's translation would lose without a word, or stop at (rule L7): the words of `quant_types`, and the keys and
 * numbers of `quant_bits`. Everything else stays as it is.
 */
export function respellLegacy(config: ConfigObject): Respelled<ConfigObject> {
  const written = getKey(config, 'quant_types');
  if (written === undefined) return { value: config, changes: [] };
  const types = isConfigList(written) ? written : [written];
  const meant = types.map((type) => (typeof type === 'string' ? (wordMeant(type) ?? type) : type));
  const words = meant.flatMap((word, at) => (word === types[at] ? [] : [`${textOf(word)} for ${textOf(types[at]!)}`]));
  const { value: bits, changes } = respellBits(getKey(config, 'quant_bits'), meant.filter((word) => typeof word === 'string'));
  const named = words.length === 0 ? config : withKey(config, 'quant_types', [...new Set(meant)]);
  return { value: changes.length === 0 ? named : withKey(named, 'quant_bits', bits), changes: [...words, ...changes] };
}

function respellBits(bits: ConfigValue | undefined, types: readonly string[]): Respelled<ConfigValue> {
  if (bits === undefined || bits === null) return { value: usualBits, changes: [noBits] };
  if (!isConfigObject(bits)) {
    const number = numberMeant(bits);
    return number === bits ? { value: bits, changes: [] } : { value: number, changes: [`quant_bits ${textOf(number)}`] };
  }
  const changes: string[] = [];
  const entries = bits.entries.map(([key, value]): ConfigEntry => {
    const word = wordMeant(key) ?? key;
    const number = numberMeant(value);
    if (word !== key) changes.push(`${word} for ${key}`);
    else if (number !== value) changes.push(`${textOf(number)} bits for ${key}`);
    return [word, number];
  });
  const given = entries.map(([, value]) => value);
  const isOne = given.every((value) => textOf(value) === textOf(given[0]!));
  for (const type of types) {
    if (!quantTypes.some((known) => known === type) || entries.some(([key]) => key === type)) continue;
    const value = isOne ? (given[0] ?? usualBits) : usualBits;
    entries.push([type, value]);
    changes.push(`${textOf(value)} bits for ${type}`);
  }
  return changes.length === 0 ? { value: bits, changes } : { value: objectOf(entries), changes };
}

/** `Wieght`, `_input_`, `outputs` and `activation` are plain. */
function wordMeant(text: string): string | null {
  const bare = text.toLowerCase().replaceAll('_', '').replace(/s$/, '');
  if (bare === 'activation') return 'output';
  return quantTypes.find((word) => word === bare) ?? nearestText(bare, quantTypes);
}

function numberMeant(bits: ConfigValue): ConfigValue {
  const text = typeof bits === 'string' ? /^\s*(\d{1,2})\s*(?:-?bits?)?\s*$/i.exec(bits)?.[1] : isConfigNumber(bits) && bits.type === 'float' ? /^(\d{1,2})\.0*$/.exec(bits.text)?.[1] : undefined;
  return text === undefined ? bits : intOf(Number(text));
}

function textOf(value: ConfigValue): string {
  return typeof value === 'string' ? value : isConfigNumber(value) ? value.text : JSON.stringify(value);
}
