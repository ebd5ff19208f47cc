import { type KeyRule, subConfigRule, type ValueRule } from './config-schema.ts';
import type { Mode } from './mode.ts';
import { describePath, keyMarkdown, settingKeys, usualTargets } from './setting-keys.ts';
import type { KeyPath } from './value.ts';

/** The part of JSON schema (draft 7) that is used here, with the additions of Monaco's JSON language service. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly type?: string;
  readonly const?: string | null;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly required?: readonly string[];
  readonly markdownDescription?: string;
  readonly errorMessage?: string;
  readonly defaultSnippets?: readonly JsonSnippet[];
}

/** A value to insert, as text: `1.0` must not become `1` (rule E1). */
export interface JsonSnippet {
  readonly label: string;
  readonly bodyText: string;
}

/**
 * The JSON schema of a config list, made from the rules that validation uses (V1–V5) and the catalogue that forms
 * use. A schema cannot say that a number must be a float (rule E1); strings are offered, never demanded.
 */
export function createConfigSchema(mode: Mode): JsonSchema {
  const [first] = settingKeys[mode];
  const setting = first ? `,\n  "${first.key}": \${2:${first.example}}` : '';
  const selectors = ['op_types', 'op_names', 'op_names_re'];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'array',
    items: {
      ...schemaOf(mode, subConfigRule(mode), []),
      defaultSnippets: selectors.map((key) => ({
        label: `{ "${key}": … }`,
        bodyText: `{\n  "${key}": ["$1"]${setting}\n}`,
      })),
    },
  };
}

/** `path` leads from the sub-config to the value; `*` in it is any target's name. */
function schemaOf(mode: Mode, rule: ValueRule, path: KeyPath): JsonSchema {
  switch (rule.type) {
    case 'exactly':
      return rule.value === null ? { type: 'null' } : { const: rule.value };
    case 'kind':
      return rule.kind === 'str' ? textSchema(mode, path) : { type: kinds[rule.kind] };
    case 'range':
      return rule.range === 'above-0-to-1'
        ? { type: 'number', exclusiveMinimum: 0, maximum: 1 }
        : { type: 'number', minimum: 0, exclusiveMaximum: 1 };
    case 'list':
      return { type: 'array', items: schemaOf(mode, rule.item, path) };
    case 'any-of':
      return anyOf(mode, rule.options, path);
    case 'dict':
      return rule.keys.type === 'listed'
        ? listedKeys(mode, rule.keys.keys, path)
        : anyTarget(mode, schemaOf(mode, rule.keys.value, [...path, '*']));
  }
}

const kinds = { int: 'integer', float: 'number', list: 'array', dict: 'object', tuple: 'array' } as const;

function anyOf(mode: Mode, options: readonly ValueRule[], path: KeyPath): JsonSchema {
  const words = options.flatMap((option) => (option.type === 'exactly' ? [option.value] : [])).filter(isText);
  const others = options
    // JSON has no tuples: an option that takes nothing else is none here.
    .filter((option) => option.type !== 'list' || option.container !== 'tuple')
    .filter((option) => option.type !== 'exactly' || option.value === null)
    .map((option) => schemaOf(mode, option, path));
  const schemas = words.length > 0 ? [wordsSchema(mode, words, path), ...others] : others;
  return schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
}

function isText(value: string | null): value is string {
  return value !== null;
}

function wordsSchema(mode: Mode, words: readonly string[], path: KeyPath): JsonSchema {
  const key = settingKeys[mode].find((entry) => entry === describePath(mode, path));
  const meanings = new Map(key?.choices?.map((word, index) => [word, key.choiceMeanings?.[index] ?? '']));
  return { enum: words, markdownEnumDescriptions: words.map((word) => meanings.get(word) ?? '') };
}

/** A string with usual values; any other string is valid, too. */
function textSchema(mode: Mode, path: KeyPath): JsonSchema {
  const last = path.at(-1);
  const targets = usualTargets(mode);
  switch (last) {
    case 'target_names':
    case 'target_name': {
      const names = targets.map(({ name }) => name);
      const meanings = targets.map(({ meaning }) => meaning);
      return { anyOf: [{ enum: names, markdownEnumDescriptions: meanings }, { type: 'string' }] };
    }
    case 'quant_dtype':
      return { anyOf: [{ enum: ['int8', 'uint8', 'int4', 'uint4', 'int16'] }, { type: 'string' }] };
    case 'link':
      return { anyOf: [{ enum: ['auto'] }, { type: 'string' }] };
    case undefined:
    default:
      return { type: 'string' };
  }
}

function listedKeys(mode: Mode, keys: readonly KeyRule[], path: KeyPath): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  const demands: JsonSchema[] = [];
  for (const key of keys) {
    for (const name of key.names) properties[name] = keySchema(mode, key.value, [...path, name]);
    if (key.required && key.names.length === 1) required.push(...key.names);
    if (key.required && key.names.length > 1) {
      const errorMessage = `A sub-config needs one of ${key.names.join(', ')} (V1).`;
      demands.push({ anyOf: key.names.map((name) => ({ required: [name] })), errorMessage });
    }
    if (key.onlyOne) {
      const errorMessage = `Only one of ${key.names.join(' and ')} may be set (V3).`;
      demands.push({ not: { required: key.names }, errorMessage });
    }
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...(demands.length > 0 ? { allOf: demands } : {}),
  };
}

function keySchema(mode: Mode, rule: ValueRule, path: KeyPath): JsonSchema {
  const schema = schemaOf(mode, rule, path);
  const key = describePath(mode, path);
  if (!key) return schema;
  const snippet = { label: key.example, bodyText: key.example };
  return { ...schema, markdownDescription: keyMarkdown(key), defaultSnippets: [snippet] };
}

function anyTarget(mode: Mode, setting: JsonSchema): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const { name, meaning } of usualTargets(mode)) {
    properties[name] = { ...setting, markdownDescription: meaning };
  }
  return { type: 'object', properties, additionalProperties: setting };
}
