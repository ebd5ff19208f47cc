import { expect, test } from 'vitest';
import { floatOf, objectOf, type ConfigValue } from '../../core/config/value.ts';
import type { ProvenanceStep } from '../../core/resolve/resolution.ts';
import { readProvenance } from './read-provenance.ts';

function step(source: ProvenanceStep['source'], value: ConfigValue, overridden: boolean): ProvenanceStep {
  return { source, subConfig: source === 'template' ? null : 0, path: [], value, overridden };
}

test('C2–C4, R6a: the strongest step is in force, the kernel is what it is read as, null of the template is unset', () => {
  const template = step('template', null, true);
  const shorthand = step('shorthand', floatOf(0.5), true);
  const targetSetting = step('target-setting', floatOf(0.9), false);
  const granularity = step('template', 'default', true);
  const setting = objectOf([
    ['sparse_ratio', floatOf(0.9)],
    ['max_sparse_ratio', null],
    ['granularity', 'default'],
    ['global_group_id', null],
  ]);
  const ownNull = step('target-setting', null, false);
  expect(
    readProvenance(setting, [
      { key: 'sparse_ratio', chain: [template, shorthand, targetSetting] },
      { key: 'max_sparse_ratio', chain: [step('template', null, false)] },
      { key: 'granularity', chain: [granularity, step('kernel', 'out_channel', false)] },
      { key: 'global_group_id', chain: [template, ownNull] },
    ]),
  ).toEqual({
    own: [
      {
        key: 'sparse_ratio',
        value: floatOf(0.9),
        from: targetSetting,
        replaced: [shorthand, template],
        readAs: undefined,
      },
      { key: 'global_group_id', value: null, from: ownNull, replaced: [template], readAs: undefined },
    ],
    defaults: [{ key: 'granularity', value: 'default', from: granularity, replaced: [], readAs: 'out_channel' }],
    unset: ['max_sparse_ratio'],
  });
});
