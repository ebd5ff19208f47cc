import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { writeJson } from '../../../core/config/json-writer.ts';
import { modes } from '../../../core/config/mode.ts';
import { readScript } from '../../../core/script/read-script.ts';
import { writePythonList } from '../../../core/config/python-writer.ts';
import { settingKeys, type SettingKey } from '../../../core/config/setting-keys.ts';
import {
  getKey,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  objectOf,
  type ConfigNumber,
  type ConfigValue,
} from '../../../core/config/value.ts';
import { createPlan } from '../../../core/plan/create-plan.ts';
import { decodePlanFragment, encodePlanFragment } from '../../../core/plan/share.ts';
import { arbitraryNumber, arbitraryString, arbitraryValue } from '../../../core/testing/arbitrary-config.ts';
import { namesIn, namesText, parseNumberOf, textOf } from './field-text.ts';
import { groupIdText, parseGroupId } from './group-ids.ts';
import { hasField } from './has-field.ts';
import { parseFloatText, parseIntList, parseIntText } from './number-text.ts';

const seed = 4241;

const edges: fc.Arbitrary<ConfigNumber> = fc.constantFrom(
  ...['1.0', '-0.0', '1e400', '-1e400', '1e-400', '5E-324', '0.1e1', '1E+5', '1e16', '0.50'].map(
    (text): ConfigNumber => ({ type: 'float', text }),
  ),
  ...['0', '-0', '7', '-1', '123456789012345678901234567890'].map((text): ConfigNumber => ({ type: 'int', text })),
);
const number = fc.oneof(arbitraryNumber, edges);
const name = fc.oneof(
  arbitraryString,
  fc.constantFrom('7', '"7"', ' 7', '-0', '"', '""', 'a, b', ' a', 'auto', 'Würfel', '😀.0', '\ud800', 'a\u2028b'),
);
const likely: fc.Arbitrary<ConfigValue> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 3, arbitrary: name },
  fc.array(fc.oneof(number, name), { maxLength: 4 }),
  fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 3 }),
  fc
    .tuple(fc.option(name), name, fc.array(number, { maxLength: 3 }))
    .map(([module, target, dims]) => objectOf([['module_name', module], ['target_name', target], ['dims', dims]])),
  fc.constantFrom('int8', 'uint64', 'int99', null, 'default', 'mul', 'mse', 'clamp_round', 'per_channel', 'affine'),
  arbitraryValue,
);
const keys: readonly SettingKey[] = modes.flatMap((mode) => settingKeys[mode]);

/** The value that the field of a key yields when each text that it shows is typed again unchanged. */
function typedAgain({ kind }: SettingKey, value: ConfigValue): ConfigValue | null {
  switch (kind) {
    case 'ratio':
    case 'float':
      return parseFloatText(textOf(value));
    case 'int':
      return parseNumberOf('int', textOf(value));
    case 'group':
      return parseGroupId(groupIdText(value) ?? '');
    case 'granularity':
      return isConfigList(value) ? value.map((size) => parseIntText(textOf(size))) : value;
    case 'align': {
      const dims = isConfigObject(value) ? getKey(value, 'dims') : undefined;
      const listed = isConfigList(dims) ? parseIntList(dims.map(textOf).join(', ')) : dims;
      if (!isConfigObject(value) || listed === undefined) return value;
      return objectOf(value.entries.map(([key, part]) => [key, key === 'dims' ? listed : part]));
    }
    case 'fuse-names':
      return isConfigList(value) ? value.map((group) => namesIn(namesText(group))) : null;
    case 'link':
      return isConfigList(value) ? value.map(textOf) : textOf(value);
    case 'choice':
    case 'quant-dtype':
      return value;
  }
}

/** Values whose numbers are equal bit by bit, which keeps `-0.0` and `0.0` apart. */
function bits(value: ConfigValue): unknown {
  if (isConfigNumber(value)) {
    const number = numberOf(value);
    return value.type === 'int' ? `int ${BigInt(value.text)}` : `float ${Object.is(number, -0) ? '-0' : number}`;
  }
  if (isConfigList(value)) return value.map(bits);
  return isConfigObject(value) ? value.entries.map(([key, item]) => [key, bits(item)]) : value;
}

describe('the form keeps what it shows', () => {
  it.each(keys.map((key) => [`${key.mode} ${key.key}`, key] as const))(
    `E1: %s, form → JSON → form (seed ${seed})`,
    (_, key) => {
      let shown = 0;
      fc.assert(
        fc.property(likely, (value) => {
          if (!hasField(key, value)) return;
          shown++;
          const again = typedAgain(key, value);
          expect(again).toEqual(value);
          expect(readJsonValue(writeJson(again))).toEqual({ ok: true, value });
        }),
        { seed, numRuns: 1500 },
      );
      expect(shown).toBeGreaterThan(0);
    },
  );

  it(`E1: a list → Python → the list, to the last bit (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, likely), { maxLength: 6 }), (entries) => {
        const unique = new Map(entries);
        const list = [objectOf([...unique])];
        const read = readScript(writePythonList(list));
        expect(read.ok && read.value.lists[0]!.list.map(bits)).toEqual(list.map(bits));
      }),
      { seed, numRuns: 500 },
    );
  });

  it(`E1: a plan → a link → the plan, text for text (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.constantFrom(...modes), name, fc.array(fc.tuple(name, likely), { maxLength: 6 }), (mode, label, entries) => {
        const empty = createPlan(label);
        const config = objectOf([...new Map(entries)]);
        const subConfig = { id: 's1', label, color: 3, enabled: true, config };
        const plan = { ...empty, lists: { ...empty.lists, [mode]: [subConfig] } };
        const { fragment } = encodePlanFragment(plan);
        expect(decodePlanFragment(`#${fragment}`)).toEqual({ ok: true, value: { plan, trees: {} } });
      }),
      { seed, numRuns: 300 },
    );
  });
});
