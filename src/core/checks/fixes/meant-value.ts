import { getAt, setAt } from '../../config/list-edits.ts';
import type { Mode } from '../../config/mode.ts';
import { findSettingKey } from '../../config/setting-keys.ts';
import { validateSubConfig } from '../../config/validate.ts';
import {
  floatOf, intOf, isConfigList, isConfigNumber, isConfigObject, numberOf, objectOf, type ConfigObject, type ConfigValue, type KeyPath,
} from '../../config/value.ts';
import { kindOfTarget } from '../../resolve/settings.ts';
import { nearestText } from '../../text/near-text.ts';
import { targetNames } from './target-fixes.ts';

/** Keys whose number is a share: 50 was meant as 0.5. */
const shares: ReadonlySet<string> = new Set(['sparse_ratio', 'max_sparse_ratio', 'min_sparse_ratio']);

/**
 * The value that was likely meant in place of one that NNI refuses (rule F9), such that it is refused no more;
 * `undefined` where none is plain.
 */
export function meantValue(config: ConfigObject, path: KeyPath, mode: Mode): ConfigValue | undefined {
  const value = getAt(config, path);
  if (value === undefined || value === null) return undefined;
  return candidates(value, config, path, mode).find((candidate) => isTaken(config, path, candidate, mode));
}

function isTaken(config: ConfigObject, path: KeyPath, candidate: ConfigValue, mode: Mode): boolean {
  const changed = setAt(config, path, candidate);
  if (!isConfigObject(changed)) return false;
  const isInside = (place: KeyPath): boolean => path.every((step, at) => place[at] === step);
  return validateSubConfig(changed, mode).every(({ code, path: place }) => code === 'exclusive-keys' || !isInside(place));
}

function candidates(value: ConfigValue, config: ConfigObject, path: KeyPath, mode: Mode): readonly ConfigValue[] {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  const words = findSettingKey(mode, key)?.choices ?? [];
  const number = numberMeant(value);
  const ofTarget = path[0] === 'target_settings' && path.length === 2;
  return [
    ...(number === null ? [] : numbersFor(number, key)),
    ...(key === 'quant_dtype' ? quantDtypes(value) : []),
    ...(key === 'granularity' && typeof value === 'string' ? channelMeant(value, targetsOf(config, path)) : []),
    ...(typeof value === 'string' && words.length > 0 ? wordsFor(value, words) : []),
    ...(typeof value === 'string' ? [splitTexts(value)] : []),
    ...(key === 'fuse_names' && isConfigList(value) ? [[value]] : []),
    ...(isConfigList(value) && value.length === 1 ? [value[0]!] : []),
    ...(isConfigList(value) ? [value.flatMap((item) => (isConfigList(item) ? item : [item]))] : []),
    ...(ofTarget && number !== null && mode === 'pruning' ? [objectOf([['sparse_ratio', floatOf(shareOf(number))]])] : []),
    ...(ofTarget && typeof value === 'string' && mode === 'quantization' ? [objectOf([['quant_dtype', value]])] : []),
    [value],
    ...(isConfigNumber(value) ? [value.text] : []),
  ];
}

/** `0.5`, `"0.5"`, `"50%"`; a bool is none. */
function numberMeant(value: ConfigValue): number | null {
  if (isConfigNumber(value)) return numberOf(value);
  if (typeof value !== 'string') return null;
  // A comma as people write it in many languages.
  const dotted = /^\s*\d+,\d+\s*%?\s*$/.test(value) ? value.replace(',', '.') : value;
  const [, digits, percent] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)\s*$/i.exec(dotted) ?? [];
  return digits === undefined ? null : Number(digits) / (percent === '%' ? 100 : 1);
}

function shareOf(number: number): number {
  return number > 1 && number <= 100 ? Number((number / 100).toPrecision(12)) : number;
}

function numbersFor(number: number, key: string): readonly ConfigValue[] {
  const float = floatOf(shares.has(key) ? shareOf(number) : number);
  const ints = Number.isInteger(number) ? [intOf(number)] : [];
  return shares.has(key) || key === 'sparse_threshold' ? [float] : [...ints, float];
}

function quantDtypes(value: ConfigValue): readonly ConfigValue[] {
  if (isConfigNumber(value)) return [`int${value.text}`];
  return typeof value === 'string' ? [quantDtypeMeant(value) ?? 'int8'] : ['int8'];
}

/** `torch.quint8`, `INT8`, `u8`, `8` and `8bit` are plain; `null` for others. */
export function quantDtypeMeant(text: string): string | null {
  const bare = text.trim().toLowerCase().replace(/^(?:torch|np|numpy)\./, '').replaceAll(/[\s_-]/g, '');
  const [, unsigned, bits] = /^q?(?:(u)?i?(?:nt)?)(\d{1,2})(?:bits?)?$/.exec(bare) ?? [];
  return bits === undefined || Number(bits) === 0 ? null : `${unsigned ?? ''}int${bits}`;
}

/** Words of other tools for the same choice. */
const otherWords: Readonly<Record<string, string>> = { asym: 'affine', asymmetric: 'affine', pertensorasymmetric: 'affine', l2: 'mse', mseloss: 'mse', kldiv: 'kl', kldivloss: 'kl' };

function wordsFor(value: string, words: readonly string[]): readonly string[] {
  const near = nearestText(value.trim(), words);
  const given = value.trim().toLowerCase();
  const other = otherWords[given.replaceAll(/[_ -]/g, '')];
  const longer = words.filter((word) => given.length > 2 && word.startsWith(given));
  const parts = words.filter((word) => word.split('_').includes(given) || given.split('_').includes(word));
  return [...(near === null ? [] : [near]), ...(other === undefined ? [] : [other]), ...(longer.length === 1 ? longer : []), ...(parts.length === 1 ? parts : [])];
}

/** `channel` without more: each output channel of a parameter, each channel of an input or output (rule R6). */
function channelMeant(value: string, targets: readonly string[]): readonly string[] {
  if (!/^channels?(?:[_ -]?wise)?$/i.test(value.trim())) return [];
  return [targets.length > 0 && targets.every((target) => kindOfTarget(target) !== 'parameter') ? 'per_channel' : 'out_channel'];
}

/** The targets that a setting is written for; none where the template decides. */
function targetsOf(config: ConfigObject, path: KeyPath): readonly string[] {
  const own = path[0] === 'target_settings' ? [path[1]] : targetNames(config);
  return own.filter((target) => typeof target === 'string');
}

function splitTexts(value: string): ConfigValue {
  return value.split(/[,\s]+/).filter((part) => part !== '');
}
