import * as fc from 'fast-check';
import { modes, type Mode } from '../config/mode.ts';
import { createPlan } from '../plan/create-plan.ts';
import type { Assertion, Demand, Origin, Plan, SubConfig, TreeReference } from '../plan/plan.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { sampleIds } from '../plan/sample-ids.ts';
import { pythonVersions } from '../python-re/python-version.ts';
import { arbitraryObject, arbitraryString } from './arbitrary-config.ts';

const mode: fc.Arbitrary<Mode> = fc.constantFrom(...modes);

const origin: fc.Arbitrary<Origin> = fc.record({ list: arbitraryString, line: fc.option(fc.nat()), call: fc.option(arbitraryString) });

const subConfig: fc.Arbitrary<SubConfig> = fc.record(
  {
    id: fc.constant(''),
    label: arbitraryString,
    color: fc.nat(20),
    enabled: fc.boolean(),
    config: arbitraryObject,
    origin,
  },
  { requiredKeys: ['id', 'label', 'color', 'enabled', 'config'] },
);

const demand: fc.Arbitrary<Demand> = fc.oneof(
  fc.record({
    type: fc.constantFrom('selects-exactly', 'selects-at-least', 'selects-at-most'),
    count: fc.nat(),
  }),
  fc.record({ type: fc.constantFrom('never-selects', 'selects-all'), pattern: arbitraryString }),
);

const template: fc.Arbitrary<SettingTemplate> = fc.record({
  mode,
  moduleType: arbitraryString,
  setting: arbitraryObject,
});

const assertion: fc.Arbitrary<Assertion> = fc.record({
  id: fc.constant(''),
  mode,
  subConfig: fc.option(arbitraryString),
  label: arbitraryString,
  demand,
});

const reference: fc.Arbitrary<TreeReference> = fc.record({
  name: arbitraryString,
  moduleCount: fc.nat(),
  digest: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), maxLength: 16 }),
  sample: fc.option(fc.constantFrom(...sampleIds)),
});

/** Plans with anything in them; ids are unique, as everywhere in the program. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc
  .record({
    name: arbitraryString,
    python: fc.constantFrom(...pythonVersions),
    subConfigs: fc.array(fc.tuple(mode, subConfig), { maxLength: 6 }),
    templates: fc.array(template, { maxLength: 3 }),
    assertions: fc.array(assertion, { maxLength: 3 }),
    tree: fc.option(reference),
    teacher: fc.option(reference),
  })
  .map(({ name, python, subConfigs, templates, assertions, tree, teacher }): Plan => {
    const listOf = (wanted: Mode): readonly SubConfig[] =>
      subConfigs.flatMap(([of, content], index) => (of === wanted ? [{ ...content, id: `s${index + 1}` }] : []));
    const lists = {
      pruning: listOf('pruning'),
      quantization: listOf('quantization'),
      distillation: listOf('distillation'),
    };
    const numbered = assertions.flatMap((content, index) => [{ ...content, id: `a${index + 1}` }]);
    return { ...createPlan(name), python, lists, templates, assertions: numbered, tree, teacher };
  });
