import { describe, expect, it } from 'vitest';
import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { moduleSpec, createNameLookup } from '../module-tree/tree-index.ts';
import { smallTree } from '../testing/nni-trees.ts';
import { modes, type Mode } from './mode.ts';
import { isTemplate, possibleTargets, templateFromParameters, withTarget } from './template-start.ts';
import { emptyObject, getKey, isConfigObject, objectOf, type ConfigObject } from './value.ts';

const head: ModuleSpec = moduleSpec(smallTree, createNameLookup(smallTree).rowOf('head'));
const unknown: ModuleSpec = { ...head, parameters: null };
const targets = (template: ConfigObject) => template.entries.map(([target]) => target).join(' ');

describe('C1: a template to start from', () => {
  it.each<[Mode, ModuleSpec, string]>([
    ['pruning', head, 'weight bias'],
    ['quantization', head, '_input_ weight bias _output_'],
    ['distillation', head, '_output_'],
    ['pruning', unknown, 'weight'],
  ])('%s: from the parameters of the module', (mode, spec, expected) => {
    expect(targets(templateFromParameters(mode, spec))).toBe(expected);
  });

  it.each<[Mode, ModuleSpec | null, readonly string[]]>([
    ['pruning', head, ['weight', 'bias', '_input_', '_output_']],
    ['pruning', null, ['weight', 'bias', '_input_', '_output_']],
    ['distillation', head, ['_output_', '_input_']],
  ])('R2, %s: the targets that it may have', (mode, spec, expected) => {
    expect(possibleTargets(mode, spec, templateFromParameters(mode, head))).toEqual(expected);
  });

  it.each(modes)('%s: a target comes with the usual settings and goes again', (mode) => {
    const start = templateFromParameters(mode, head);
    const grown = withTarget(mode, start, '_input_', true);
    const setting = getKey(grown, '_input_');
    expect(isConfigObject(setting) && setting.entries.length > 0).toBe(true);
    expect(withTarget(mode, grown, '_input_', true)).toBe(grown);
    expect(targets(withTarget(mode, grown, '_input_', false))).not.toContain('_input_');
  });

  it('is an object of objects', () => {
    expect([emptyObject, objectOf([['weight', emptyObject]])].map(isTemplate)).toEqual([true, true]);
    expect([null, [], objectOf([['weight', 'x']])].map(isTemplate)).toEqual([false, false, false]);
  });
});
