import { expect, it } from 'vitest';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { createTemplateRegistry } from '../../../core/config/setting-templates.ts';
import { emptyObject, isConfigObject } from '../../../core/config/value.ts';
import { expandSettings } from './expansion.ts';

/** `types: target key=value …`, own settings with a star. */
function expand(mode: Mode, text: string, ...types: readonly string[]): readonly string[] {
  const read = readJsonValue(text);
  const config = read.ok && isConfigObject(read.value) ? read.value : emptyObject;
  return expandSettings(config, types, createTemplateRegistry(mode, [])).map((expansion) => {
    const targets = expansion.targets.map(({ target, settings }) =>
      [target, ...settings.map(({ key, text, isOwn }) => `${key}=${text}${isOwn ? '*' : ''}`)].join(' '),
    );
    return `${expansion.types.join(', ')}: ${targets.join('; ')}`;
  });
}

it.each<[string, Mode, string, readonly string[], readonly string[]]>([
  [
    'C3: types that end alike stand together',
    'pruning',
    '{"op_types": ["Linear"], "sparse_ratio": 0.5}',
    ['Linear', 'Embedding', 'Conv2d', 'ReLU'],
    [
      'Linear, Conv2d: weight sparse_ratio=0.5* granularity="default" apply_method="mul"; ' +
        'bias align={"module_name":null,"target_name":"weight","dims":[0]} apply_method="mul"',
      'Embedding: weight sparse_ratio=0.5* granularity="default" apply_method="mul"',
    ],
  ],
  [
    'C4, C5: target settings go over it, and target_names picks',
    'pruning',
    '{"sparse_ratio": 0.5, "target_names": ["weight"], "target_settings": {"weight": {"sparse_ratio": null}}}',
    ['Linear'],
    ['Linear: weight sparse_ratio=null* granularity="default" apply_method="mul"'],
  ],
  [
    'C5: outputs are renamed',
    'distillation',
    '{"op_types": ["Linear"], "lambda": 1}',
    ['Linear'],
    ['Linear: _output_0 lambda=1*'],
  ],
])('%s', (_, mode, config, types, expected) => {
  expect(expand(mode, config, ...types)).toEqual(expected);
});
