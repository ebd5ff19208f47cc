import { findNodeAtLocation, getLocation, parseTree, type Location } from 'jsonc-parser';
import { modeTitles, type Mode } from '../core/config/mode.ts';
import {
  alignKeys,
  commonKeys,
  describePath,
  findSettingKey,
  keyMarkdown,
  settingKeys,
  type SettingKey,
} from '../core/config/setting-keys.ts';
import type { KeyDescription } from '../core/config/setting-keys-table.ts';
import type { KeyPath } from '../core/config/value.ts';
import { listKeys } from './completion-place.ts';
import { escapeSnippet } from './snippet.ts';

/** A key, a value or a whole sub-config that completion offers. */
export interface StructureOffer {
  readonly label: string;
  /** Shown behind it. */
  readonly detail: string;
  /** Markdown; empty where there is nothing to say. */
  readonly documentation: string;
  /** The inserted text in snippet syntax: it closes every bracket and quote that it opens. */
  readonly insert: string;
  /** Names or words are offered at once at the new place of the cursor. */
  readonly asksMore: boolean;
}

/** The offers, and the range of the text that they replace. */
export interface StructureOffers {
  readonly offers: readonly StructureOffer[];
  readonly offset: number;
  readonly length: number;
}

const nothing: StructureOffers = { offers: [], offset: 0, length: 0 };

/** Keys, words and sub-configs that fit at `offset` of a list's text. The text may be broken. */
export function structureOffersAt(text: string, offset: number, mode: Mode): StructureOffers {
  const location = getLocation(text, offset);
  const range = rangeAt(text, offset, location);
  if (location.path.length === 1 && !location.isAtPropertyKey && range.length === 0) {
    return { ...range, offers: subConfigOffers(mode).map((offer) => withComma(offer, text, range)) };
  }
  if (location.isAtPropertyKey) return keyOffers(text, location.path.slice(0, -1), mode, range);
  const last = location.path.at(-1);
  if (typeof last !== 'string' || isInNumber(location)) return nothing;
  return { ...range, offers: wordOffers(mode, location.path.slice(1)) };
}

/** The string that the cursor is in with its quotes, else the word before the cursor. */
function rangeAt(text: string, offset: number, { previousNode }: Location): Pick<StructureOffers, 'offset' | 'length'> {
  if (previousNode?.type === 'string' || previousNode?.type === 'property') {
    const end = previousNode.offset + previousNode.length;
    if (previousNode.offset < offset && offset <= end) return { offset: previousNode.offset, length: previousNode.length };
  }
  const word = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0;
  return { offset: offset - word, length: word };
}

function isInNumber({ previousNode }: Location): boolean {
  return previousNode?.type === 'number';
}

/** A comma goes along where something follows. */
function withComma(offer: StructureOffer, text: string, { offset, length }: Pick<StructureOffers, 'offset' | 'length'>): StructureOffer {
  return /^\s*["{]/.test(text.slice(offset + length)) ? { ...offer, insert: `${offer.insert},` } : offer;
}

function keyOffers(text: string, container: KeyPath, mode: Mode, range: Pick<StructureOffers, 'offset' | 'length'>): StructureOffers {
  const known = keysIn(container, mode);
  const present = presentKeys(text, container, range.offset);
  const hasColon = /^\s*:/.test(text.slice(range.offset + range.length));
  const offers = known
    .filter(({ key }) => !present.has(key))
    .map(({ key, detail, documentation, value, asksMore }): StructureOffer => {
      const name = escapeSnippet(JSON.stringify(key));
      const offer = { label: key, detail, documentation, asksMore: asksMore && !hasColon, insert: hasColon ? name : `${name}: ${value}` };
      return hasColon ? offer : withComma(offer, text, range);
    });
  return { ...range, offers };
}

interface OfferedKey {
  readonly key: string;
  readonly detail: string;
  readonly documentation: string;
  /** The value as a snippet. */
  readonly value: string;
  readonly asksMore: boolean;
}

/** The keys of an object of the list, in the order of a form. Targets are offered by the model's names. */
function keysIn(container: KeyPath, mode: Mode): readonly OfferedKey[] {
  const [, first, target, key] = container;
  const isSubConfig = container.length === 1;
  const isSetting = container.length === 3 && first === 'target_settings';
  if (isSubConfig) return [...commonKeys.map(offerCommon), ...settingKeys[mode].map(offerSetting)];
  if (isSetting) return settingKeys[mode].filter(({ topLevelOnly }) => topLevelOnly !== true).map(offerSetting);
  const isAlign = (container.length === 2 && first === 'align') || (container.length === 4 && first === 'target_settings' && target !== undefined && key === 'align');
  if (!isAlign || !findSettingKey(mode, 'align')) return [];
  return alignKeys.map((row) => describe(row, row.key === 'dims' ? '[${1:0}]' : '"$0"', row.key !== 'dims'));
}

function offerCommon(row: (typeof commonKeys)[number]): OfferedKey {
  return row.key === 'target_settings' ? describe(row, '{"$0"}', true) : describe(row, '["$0"]', true);
}

function offerSetting(row: SettingKey): OfferedKey {
  switch (row.kind) {
    case 'ratio':
    case 'float':
    case 'int':
      return describe(row, `\${1:${row.example}}`, false);
    case 'align':
      return describe(row, '{"module_name": ${1:null}, "target_name": "${2:weight}", "dims": [${3:0}]}', false);
    case 'fuse-names':
      return describe(row, '[["$0"]]', true);
    case 'group':
    case 'quant-dtype':
      return describe(row, `"\${1:${row.example.replaceAll('"', '')}}"`, false);
    case 'granularity':
    case 'choice':
    case 'link':
      return describe(row, '"$0"', true);
  }
}

function describe(row: KeyDescription & { readonly key: string }, value: string, asksMore: boolean): OfferedKey {
  return { key: row.key, detail: row.example, documentation: keyMarkdown(row), value, asksMore };
}

function presentKeys(text: string, container: KeyPath, offset: number): ReadonlySet<string> {
  const root = parseTree(text);
  const object = root && findNodeAtLocation(root, [...container]);
  const keys = (object?.children ?? []).flatMap(({ children }) => (children?.[0] ? [children[0]] : []));
  // The key that is being written may be taken again.
  return new Set(keys.filter((key) => offset < key.offset || offset > key.offset + key.length).map(({ value }) => String(value)));
}

/** The words that a key takes; `null` too, where it may take the place of a module. */
function wordOffers(mode: Mode, path: KeyPath): readonly StructureOffer[] {
  const key = describePath(mode, path);
  const last = path.at(-1);
  if (!key || (typeof last === 'string' && listKeys.has(last))) return [];
  const offer = (word: string, detail: string): StructureOffer => ({ label: word, detail, documentation: '', insert: escapeSnippet(JSON.stringify(word)), asksMore: false });
  if (path.includes('align')) {
    return last === 'module_name' ? [{ label: 'null', detail: 'each module itself', documentation: '', insert: 'null', asksMore: false }] : [];
  }
  if (last === 'link') return [offer('auto', 'the module of the same name')];
  const setting = key as Partial<SettingKey>;
  return (setting.choices ?? []).map((word, at) => offer(word, setting.choiceMeanings?.[at] ?? ''));
}

const byType = '\n  "op_types": ["$1"],\n';
const byPattern = '\n  "op_names_re": ["$1"],\n';
const settings: Readonly<Record<Mode, string>> = {
  pruning: '  "sparse_ratio": ${2:0.5}\n',
  quantization: '  "target_names": ["${2:weight}"],\n  "quant_dtype": "${3:int8}",\n  "quant_scheme": "${4:affine}"\n',
  distillation: '  "lambda": ${2:0.5},\n  "apply_method": "${3:mse}"\n',
};

/** Whole sub-configs, by the way in which they select modules. */
function subConfigOffers(mode: Mode): readonly StructureOffer[] {
  const offer = (label: string, selector: string): StructureOffer => ({
    label,
    detail: `a sub-config for ${modeTitles[mode].toLowerCase()}`,
    documentation: '',
    insert: `{${selector}${settings[mode]}}`,
    asksMore: true,
  });
  return [offer('{ op_types … }', byType), offer('{ op_names_re … }', byPattern)];
}
