import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { importLegacy } from '../config/legacy.ts';
import { modes } from '../config/mode.ts';
import { commonKeys, settingKeyNames } from '../config/config-schema.ts';
import { type ConfigObject, type ConfigValue, isConfigList, objectOf, valuesEqual } from '../config/value.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { arbitraryValue } from '../testing/arbitrary-config.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { smallTree, treeOf } from '../testing/nni-trees.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { explainModule } from './explain.ts';
import { listIgnored, settingsOf } from './report.ts';
import type { Resolution } from './resolution.ts';
import { createResolver } from './resolver.ts';

const seed = 20260701;
const strange = treeOf([
  { name: '', type: '' },
  { name: '__proto__', type: 'Linear' },
  { name: 'constructor', type: '__proto__' },
  { name: 'a\n', type: 'Linear', shared_with: '__proto__' },
  { name: '层', type: 'ReLU', parameters: { '': null, 'a.b': { shape: [0] } } },
]);
const resolvers = [smallTree, strange, readSample('oddities')].map((tree) => createResolver(tree));

const words = fc.constantFrom(
  '', 'head', 'layer1', 'nope', 'left.0', 'right.0', 'Linear', 'ReLU', '.*', '(', '[z-a]', '__proto__',
    'constructor', 'weight', 'bias',
  '_input_', '_output_', '_input_x', 'int8', 'uint', 'default', 'out_channel',
);
const keys = fc.constantFrom(
  ...commonKeys, ...modes.flatMap(settingKeyNames), 'exclude', 'sparsity', 'total_sparsity', 'quant_types',
    'quant_bits',
  'op_partial_names', '__proto__',
);
/** Values that look right more often than not, nested as settings are. */
const likely: fc.Arbitrary<ConfigValue> = fc.oneof(
  fc.array(words, { maxLength: 4 }),
  fc.array(fc.array(words, { maxLength: 3 }), { maxLength: 3 }),
  words,
  arbitraryValue,
  fc.dictionary(words, fc.dictionary(keys, fc.oneof(words, arbitraryValue)).map(fromRecord)).map(fromRecord),
);
const subConfig: fc.Arbitrary<ConfigValue> = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(keys, likely, { maxKeys: 8 }).map(fromRecord) },
  { weight: 1, arbitrary: arbitraryValue },
);
const lists: fc.Arbitrary<ConfigValue> = fc.oneof(
  { weight: 9, arbitrary: fc.array(subConfig, { maxLength: 4 }) },
  { weight: 1, arbitrary: arbitraryValue },
);

function fromRecord(record: Readonly<Record<string, ConfigValue>>): ConfigObject {
  return objectOf(Object.entries(record));
}

const request = fc.record({
  list: lists,
  mode: fc.constantFrom(...modes),
  templates: fc.constant([]),
  python: fc.constant(defaultPythonVersion),
});

test(`L–R: any JSON as list resolves without throwing, and adds up (seed ${seed})`, () => {
  fc.assert(
    fc.property(request, fc.constantFrom(...resolvers), (asked, resolver) => {
      const resolution = resolver.resolve(asked);
      expect(structuredClone(resolution)).toEqual(resolution);
      expect(resolution.verdict.accepted).toBe(resolution.problems.length === 0);
      checkSums(resolution);
      for (let module = 0; module < resolver.tree.size; module++) {
        const { subConfigs } = explainModule(resolver, resolution, module);
        const selecting = subConfigs.filter(({ reason }) => reason.type === 'selected');
        const selectedBy = selecting.map(({ subConfig: at }) => at);
        expect(selectedBy).toEqual(resolution.outcomes[resolution.outcomeId[module]!]?.subConfigs ?? []);
      }
      const settings = [...settingsOf(resolution, resolver.tree).values()];
      const won = settings.reduce((sum, targets) => sum + targets.size, 0);
      expect(won).toBe(resolution.subConfigs.reduce((sum, { wonTargets }) => sum + wonTargets, 0));
      const lost = resolution.subConfigs.flatMap(({ lostTargets }) => lostTargets.map(({ count }) => count));
      expect(listIgnored(resolution, resolver.tree).length).toBe(lost.reduce((sum, count) => sum + count, 0));
    }),
    fuzzRuns(seed, 600),
  );
});

function checkSums({ subConfigs }: Resolution): void {
  for (const { selected, count, excludedBy, excludedCount, entries } of subConfigs) {
    expect(selected.reduce((sum, bit) => sum + bit, 0)).toBe(count);
    expect(excludedBy.filter((code) => code > 0).length).toBe(excludedCount);
    for (const { effect, count: hits } of entries) expect(effect).toBeLessThanOrEqual(hits);
  }
}

test(`S–R: a resolver that has seen other lists answers as a new one (seed ${seed})`, () => {
  const used = resolvers[0]!;
  fc.assert(
    fc.property(request, (asked) => {
      const fresh = createResolver(smallTree).resolve(asked);
      expect(used.resolve(asked)).toEqual(fresh);
    }),
    fuzzRuns(seed, 150),
  );
});

test(`L: an imported list is not legacy, and importing it again changes nothing (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(subConfig, { maxLength: 4 }), fc.constantFrom(...modes), (list, mode) => {
      const imported = importLegacy(list, mode);
      if (!imported.ok || imported.value === null) return;
      const again = importLegacy(imported.value.list, mode);
      expect(again).toEqual({ ok: true, value: null });
      expect(isConfigList(imported.value.list) && valuesEqual(imported.value.list, list)).toBe(false);
    }),
    fuzzRuns(seed, 500),
  );
});

test('V8: lists far larger than anybody writes resolve, the first hundred bad items reported', () => {
  const names = Array.from({ length: 150_000 }, (_, i) => `nope.${i}`);
  const wide = objectOf(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, null]));
  const large: readonly ConfigValue[] = [
    objectOf([['op_names', names], ['exclude_op_names_re', names.slice(0, 50)], ['target_names', names]]),
    objectOf([['op_names', names.map(() => null)]]),
    wide,
    objectOf([['op_types', ['Linear']], ['target_settings', objectOf([['weight', wide]])]]),
  ];
  const resolver = createResolver(smallTree);
  const python = defaultPythonVersion;
  const resolution = resolver.resolve({ list: large, mode: 'pruning', templates: [], python });
  expect(resolution.problems.length).toBeLessThan(1000);
  expect(resolution.problems.map(({ code }) => code)).toContain('unknown-module');
  const reported = (subConfig: number, code: string) =>
    resolution.problems.filter((problem) => problem.where.subConfig === subConfig && problem.code === code).length;
  expect([reported(1, 'wrong-value'), reported(2, 'unknown-key')]).toEqual([100, 100]);
});
