import { describe, expect, it } from 'vitest';
import { commonKeys as commonKeyNames, settingKeyNames } from './config-schema.ts';
import { createConfigSchema, type JsonSchema } from './json-schema.ts';
import { readJsonValue } from './json-reader.ts';
import { modes } from './mode.ts';

function keysOf(schema: JsonSchema | undefined): readonly string[] {
  return Object.keys(schema?.properties ?? {}).toSorted();
}

describe('the JSON schema of a config list', () => {
  it.each(modes)('V2: knows the keys of %s at both levels, each explained, and no other', (mode) => {
    const subConfig = createConfigSchema(mode).items;
    expect(keysOf(subConfig)).toEqual([...commonKeyNames, ...settingKeyNames(mode)].toSorted());
    expect(subConfig?.additionalProperties).toBe(false);
    const settings = subConfig?.properties?.['target_settings'];
    const target = settings?.additionalProperties;
    expect(target === false ? null : keysOf(target)).toEqual(settingKeyNames(mode).toSorted());
    const unexplained = Object.entries(subConfig?.properties ?? {}).filter(([, key]) => !key.markdownDescription);
    expect(unexplained).toEqual([]);
  });

  it.each<[rule: string, key: string, schema: JsonSchema]>([
    ['V1', 'op_names', { type: 'array', items: { type: 'string' } }],
    ['V3a', 'sparse_ratio', { type: 'number' }],
    ['V3b', 'max_sparse_ratio', { type: 'number', exclusiveMinimum: 0, maximum: 1 }],
    ['V3b', 'min_sparse_ratio', { type: 'number', minimum: 0, exclusiveMaximum: 1 }],
    ['V3b', 'global_group_id', { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['V3b', 'align', { required: ['module_name', 'target_name', 'dims'], additionalProperties: false }],
  ])('%s: %s', (_, key, schema) => {
    expect(createConfigSchema('pruning').items?.properties?.[key]).toMatchObject(schema);
  });

  it('V1, V3a: says which keys need or exclude one another', () => {
    const { allOf = [], required } = createConfigSchema('pruning').items ?? {};
    expect(allOf.map(({ errorMessage }) => errorMessage)).toEqual([
      'A sub-config needs one of op_types, op_names, op_names_re (V1).',
      'Only one of sparse_ratio and sparse_threshold may be set (V3).',
    ]);
    expect(required).toBeUndefined();
    expect(createConfigSchema('quantization').items?.required).toEqual(['quant_dtype']);
  });

  it('V5: has no option for tuples, which JSON lacks', () => {
    const link = createConfigSchema('distillation').items?.properties?.['link'];
    expect(link?.anyOf).toHaveLength(2);
  });

  it.each(modes)('E1: what it inserts in %s is JSON text, floats as floats', (mode) => {
    const keys = Object.values(createConfigSchema(mode).items?.properties ?? {});
    const texts = keys.flatMap(({ defaultSnippets = [] }) => defaultSnippets.map(({ bodyText }) => bodyText));
    expect(texts).toHaveLength(keys.length);
    expect(texts.filter((text) => !readJsonValue(text).ok)).toEqual([]);
    const subConfigs = createConfigSchema(mode).items?.defaultSnippets ?? [];
    const filled = subConfigs.map(({ bodyText }) => bodyText.replace('$1', 'x').replace(/\$\{2:(.*)\}/, '$1'));
    expect(filled.map((text) => readJsonValue(text).ok)).toEqual([true, true, true]);
  });

  it('is plain data that a worker can be sent', () => {
    const schema = createConfigSchema('pruning');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
