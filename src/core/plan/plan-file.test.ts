import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import {
  emptyObject,
  getKey,
  intOf,
  isConfigNumber,
  objectOf,
  withKey,
  type ConfigObject,
} from '../config/value.ts';
import { arbitrarySource, arbitraryValue } from '../testing/arbitrary-config.ts';
import { arbitraryPlan } from '../testing/arbitrary-plan.ts';
import { readAlgorithm, writeAlgorithm } from '../algorithms/algorithm.ts';
import { createPlan } from './create-plan.ts';
import type { Plan, SubConfig } from './plan.ts';
import { hasSameContent, migratePlan, readPlan, readPlanFile, writeCompactPlan, writePlan, type Migration } from './plan-file.ts';

const seed = 4103;
const head = '"format":"compression-plan","version":1';

describe('the plan document', () => {
  it('keeps the algorithm of each mode with its arguments, and the order of the modes', () => {
    const algorithm = readAlgorithm('AGPPruner(TaylorPruner)')!;
    const call = objectOf([['interval_steps', { type: 'int', text: '10' }]]);
    const plain = createPlan('mine');
    const plan: Plan = {
      ...plain,
      algorithms: { ...plain.algorithms, pruning: { algorithm, call } },
      chain: ['distillation', 'pruning', 'quantization'],
    };
    for (const text of [writePlan(plan), writeCompactPlan(plan)]) expect(readPlan(text)).toEqual({ ok: true, value: plan });
  });

  it('reads what was written before plans had algorithms as run by L1NormPruner, QATQuantizer and DynamicLayerwiseDistiller', () => {
    const read = readPlan(`{${head},"lists":{}}`);
    const names = read.ok ? Object.values(read.value.algorithms).map(({ algorithm }) => writeAlgorithm(algorithm)) : [];
    expect(names).toEqual(['L1NormPruner', 'QATQuantizer', 'DynamicLayerwiseDistiller']);
    expect(writeCompactPlan(createPlan('mine'))).not.toMatch(/algorithms|chain/);
  });

  it.each([
    ['{"pruning":{"name":"Level"}}', 'algorithms.pruning.name'],
    ['{"quantization":{"name":"LevelPruner"}}', 'algorithms.quantization.name'],
    ['{"distillation":{"name":"DynamicLayerwiseDistiller","call":[]}}', 'algorithms.distillation.call'],
    ['[]', 'algorithms'],
  ])('names an algorithm that cannot be read: %s', (algorithms, place) => {
    const read = readPlan(`{${head},"lists":{},"algorithms":${algorithms}}`);
    expect(read.ok ? null : read.error).toMatchObject({ type: 'malformed', place });
  });

  it('is laid out for reading', () => {
    const text = writePlan({
      ...createPlan('mine'),
      lists: {
        pruning: [
          {
            id: 's1',
            label: 'stem',
            color: 2,
            enabled: false,
            config: objectOf([
              ['op_names', ['conv1']],
              ['sparse_ratio', { type: 'float', text: '1.0' }],
            ]),
          },
        ],
        quantization: [],
        distillation: [],
      },
      tree: { name: 'resnet18', moduleCount: 69, digest: 'ab', sample: 'resnet18' },
    });
    expect(text.split('\n')).toEqual([
      '{',
      '  "format": "compression-plan",',
      '  "version": 1,',
      '  "name": "mine",',
      '  "python": "3.11",',
      '  "lists": {',
      '    "pruning": [',
      '      {',
      '        "id": "s1",',
      '        "label": "stem",',
      '        "color": 2,',
      '        "enabled": false,',
      '        "config": {',
      '          "op_names": ["conv1"],',
      '          "sparse_ratio": 1.0',
      '        }',
      '      }',
      '    ],',
      '    "quantization": [],',
      '    "distillation": []',
      '  },',
      '  "templates": [],',
      '  "assertions": [],',
      '  "tree": {',
      '    "name": "resnet18",',
      '    "module_count": 69,',
      '    "digest": "ab",',
      '    "sample": "resnet18"',
      '  },',
      '  "teacher": null',
      '}',
      '',
    ]);
  });

  it(`reads back what was written (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        expect(readPlan(writePlan(plan))).toEqual({ ok: true, value: plan });
        expect(readPlan(writeCompactPlan(plan))).toEqual({ ok: true, value: plan });
      }),
      { seed, numRuns: 200 },
    );
  });

  it('carries trees along, text for text', () => {
    const tree = '{"format": "module-tree", "version": 1, "modules": [{"name": "", "type": "Net"}]}';
    const teacher = '{"format":"module-tree","modules":[]}';
    for (const write of [writePlan, writeCompactPlan]) {
      const read = readPlanFile(write(createPlan('x'), { tree, teacher }));
      expect(read).toEqual({ ok: true, value: { plan: createPlan('x'), trees: { tree, teacher } } });
      expect(readPlanFile(write(createPlan('x'), { teacher }))).toMatchObject({ value: { trees: { teacher } } });
    }
    const first = `{"tree_document": ${tree}, "teacher_document": null, ${head}, "lists": {}}`;
    expect(readPlanFile(first)).toMatchObject({ ok: true, value: { trees: { tree } } });
    const broken = `{"tree_document": {"a"}, ${head}, "lists": {},}`;
    const error = { type: 'not-json', error: { offset: broken.length - 2 } };
    expect(readPlanFile(broken)).toMatchObject({ error });
  });
});

describe('reading plans from outside', () => {
  it.each<[string, string, unknown]>([
    ['no JSON', '{', { type: 'not-json' }],
    ['another document', '{"format":"module-tree"}', { type: 'not-a-plan' }],
    ['a list', '[]', { type: 'not-a-plan' }],
    [
      'a newer version',
      '{"format":"compression-plan","version":2}',
      { type: 'newer-version', version: 2, known: 1 },
    ],
    ['no version', '{"format":"compression-plan"}', { type: 'malformed', place: 'version' }],
    ['version 0', '{"format":"compression-plan","version":0}', { type: 'malformed', place: 'version' }],
    ['a version far below', '{"format":"compression-plan","version":-999}', { type: 'malformed' }],
    ['no lists', `{${head}}`, { type: 'malformed', place: 'lists' }],
    ['a list that is none', `{${head},"lists":{"pruning":{}}}`, { type: 'malformed', place: 'lists.pruning' }],
    [
      'a sub-config without config',
      `{${head},"lists":{"pruning":[{"config":{}},{"config":[]}]}}`,
      { type: 'malformed', place: 'lists.pruning[1].config', expected: 'an object' },
    ],
    ['another Python', `{${head},"python":"2.7","lists":{}}`, { type: 'malformed', place: 'python' }],
    [
      'a template of no mode',
      `{${head},"lists":{},"templates":[{"mode":"x"}]}`,
      { type: 'malformed', place: 'templates[0].mode' },
    ],
    [
      'an assertion of another kind',
      `{${head},"lists":{},"assertions":[{"mode":"pruning","demand":{"type":"sings"}}]}`,
      { type: 'malformed', place: 'assertions[0].demand.type' },
    ],
    [
      'an assertion without count',
      `{${head},"lists":{},"assertions":[{"mode":"pruning","demand":{"type":"selects-exactly","count":1.5}}]}`,
      { type: 'malformed', place: 'assertions[0].demand.count' },
    ],
    ['a tree that is none', `{${head},"lists":{},"tree":3}`, { type: 'malformed', place: 'tree' }],
  ])('refuses %s and says where', (_, text, error) => {
    expect(readPlan(text)).toMatchObject({ ok: false, error });
  });

  it('takes only a sample that comes with Espalier; another name is written back as it was', () => {
    const withSample = (sample: string) =>
      `{${head},"lists":{},"tree":{"name":"n","module_count":3,"digest":"d","sample":${JSON.stringify(sample)}}}`;
    const foreign = ['../../../etc/passwd', 'nni_test', 'https://example.org/x', 'resnet18/../x', '__proto__', ''];
    for (const sample of foreign) {
      const read = readPlan(withSample(sample));
      expect(read.ok && read.value.tree).toEqual({
        name: 'n', moduleCount: 3, digest: 'd', sample: null, unknownSample: sample,
      });
      if (read.ok) expect(readPlan(writePlan(read.value))).toEqual(read);
    }
    const known = readPlan(withSample('resnet18'));
    expect(known.ok && known.value.tree).toEqual({ name: 'n', moduleCount: 3, digest: 'd', sample: 'resnet18' });
  });

  it('makes up what can be made up', () => {
    const list = '[{"config":{}},{"id":"s1","config":{}},{"id":"s1","color":-3,"label":7,"config":{}}]';
    const lists = `{"pruning":${list},"quantization":[{"id":"s1","config":{}}]}`;
    const read = readPlan(`{${head},"lists":${lists},"later":1}`);
    expect(read).toMatchObject({
      ok: true,
      value: {
        python: '3.11',
        lists: {
          pruning: [
            { id: 's1', color: 0, enabled: true, label: '', config: emptyObject },
            { id: 's2', color: 1 },
            { id: 's3', color: 2, label: '' },
          ],
          quantization: [{ id: 's4' }],
          distillation: [],
        },
        assertions: [],
        tree: null,
      },
    });
  });

  it(`never throws (seed ${seed})`, () => {
    const documents = arbitraryValue.map((value) => {
      const lists = writeCompactJson(value);
      return `{${head},"lists":{"pruning":${lists}},"templates":${lists},"assertions":${lists},"tree":${lists}}`;
    });
    fc.assert(
      fc.property(fc.oneof(arbitrarySource, documents), (text) => {
        expect(typeof readPlanFile(text).ok).toBe('boolean');
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('the content of two plans', () => {
  it(`is the same where the same text is written without the models (seed ${seed})`, () => {
    const without = (plan: Plan) => writePlan({ ...plan, tree: null, teacher: null });
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (one, other) => {
        const mixed: Plan = { ...one, lists: { ...one.lists, pruning: other.lists.pruning }, tree: other.tree, teacher: other.teacher };
        for (const plan of [other, mixed, { ...mixed, lists: one.lists }, { ...one, name: other.name }]) {
          expect(hasSameContent(one, plan)).toBe(without(one) === without(plan));
        }
      }),
      { seed },
    );
  });

  it('tells lists apart by a label, the order of keys, and the order of sub-configs', () => {
    const [a, b] = ['a', 'b'].map((id) => ({
      id, label: '', color: 0, enabled: true, config: objectOf([['op_names', [id]], ['sparse_ratio', intOf(1)]]),
    })) as [SubConfig, SubConfig];
    const planOf = (...pruning: SubConfig[]): Plan => ({ ...createPlan(), lists: { ...createPlan().lists, pruning } });
    const turned = objectOf(a.config.entries.toReversed());
    expect(hasSameContent(planOf(a, b), planOf({ ...a }, { ...b }))).toBe(true);
    for (const other of [planOf(b, a), planOf(a), planOf({ ...a, label: 'x' }, b), planOf({ ...a, config: turned }, b)]) {
      expect(hasSameContent(planOf(a, b), other)).toBe(false);
    }
  });

  it('is compared without reading sub-configs that the plans share', () => {
    const shared = { ...createPlan().lists.pruning[0], get config(): never { throw new Error('read'); } } as unknown as SubConfig;
    const list = [shared];
    const one: Plan = { ...createPlan(), lists: { ...createPlan().lists, pruning: list } };
    expect(hasSameContent(one, { ...one, lists: { ...one.lists, pruning: [...list] } })).toBe(true);
  });
});

describe('migrations', () => {
  const steps = new Map([
    [1, bump('from1')],
    [2, bump('from2')],
  ]);
  it('go through every version between', () => {
    expect(migratePlan(document(1), 3, steps)).toEqual({
      ok: true,
      value: objectOf([['version', intOf(3)], ['from1', true], ['from2', true]]),
    });
    expect(migratePlan(document(2), 3, steps)).toEqual({
      ok: true,
      value: objectOf([['version', intOf(3)], ['from2', true]]),
    });
    expect(migratePlan(document(3), 3, steps)).toEqual({ ok: true, value: document(3) });
  });

  it('refuse what no migration starts from, and what is newer', () => {
    expect(migratePlan(document(0), 3, steps)).toMatchObject({ error: { type: 'malformed', place: 'version' } });
    expect(migratePlan(document(4), 3, steps)).toEqual({
      ok: false,
      error: { type: 'newer-version', version: 4, known: 3 },
    });
  });
});

function document(version: number): ConfigObject {
  return objectOf([['version', intOf(version)]]);
}

function bump(key: string): Migration {
  return (before) => withKey(withKey(before, key, true), 'version', intOf(versionOf(before) + 1));
}

function versionOf(document: ConfigObject): number {
  const version = getKey(document, 'version');
  return isConfigNumber(version) ? Number(version.text) : 0;
}
