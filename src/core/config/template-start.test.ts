import { describe, expect, it } from 'vitest';
import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { moduleSpec, createNameLookup } from '../module-tree/tree-index.ts';
import { smallTree } from '../testing/nni-trees.ts';
import { writeCompactJson } from './json-writer.ts';
import { getAt } from './list-edits.ts';
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
    expect(targets(templateFromParameters(mode, [spec]))).toBe(expected);
  });

  it.each<[Mode, ModuleSpec | null, readonly string[]]>([
    ['pruning', head, ['weight', 'bias', '_input_', '_output_']],
    ['pruning', null, ['weight', 'bias', '_input_', '_output_']],
    ['distillation', head, ['_output_', '_input_']],
  ])('R2a, %s: the targets that it may have', (mode, spec, expected) => {
    expect(possibleTargets(mode, spec, templateFromParameters(mode, [head]))).toEqual(expected);
  });

  it.each(modes)('%s: a target comes with the usual settings and goes again', (mode) => {
    const start = templateFromParameters(mode, [head]);
    const grown = withTarget(mode, start, '_input_', true);
    const setting = getKey(grown, '_input_');
    expect(isConfigObject(setting) && setting.entries.length > 0).toBe(true);
    expect(withTarget(mode, grown, '_input_', true)).toBe(grown);
    expect(targets(withTarget(mode, grown, '_input_', false))).not.toContain('_input_');
  });

  const withShapes = (weight: readonly number[] | null, bias: readonly number[] | null): ModuleSpec => {
    const [first, second] = head.parameters!;
    return { ...head, parameters: [{ ...first!, shape: weight }, { ...second!, shape: bias }] };
  };
  const usual = 'dims [0], default';

  it.each<[string, readonly ModuleSpec[], string]>([
    ['a Linear', [withShapes([8, 4], [8])], usual],
    ['a Conv1D of GPT-2 among square ones', [withShapes([4, 4], [4]), withShapes([4, 8], [8])], 'dims [1], in_channel'],
    ['square ones alone', [withShapes([4, 4], [4])], usual],
    ['unknown shapes', [withShapes(null, [8]), withShapes([8, 4], null)], usual],
    ['one that fits nowhere', [withShapes([8, 4], [3])], 'a mask of its own, default'],
    ['some here, some there', [withShapes([8, 4], [8]), withShapes([8, 4], [4])], 'a mask of its own, default'],
    ['a table', [withShapes([8, 4], [8, 4])], 'a mask of its own, default'],
  ])('X3a: the bias of %s follows the dimension that it lies along', (_, specs, expected) => {
    const template = templateFromParameters('pruning', specs);
    expect(withTarget('pruning', withTarget('pruning', template, 'bias', false), 'bias', true, specs)).toEqual(template);
    const said = (target: string, ...path: readonly string[]): string =>
      writeCompactJson(getAt(template, [target, ...path]) ?? null);
    const bias = said('bias', 'align') === 'null' ? 'a mask of its own' : `dims ${said('bias', 'align', 'dims')}`;
    expect(`${bias}, ${said('weight', 'granularity').replaceAll('"', '')}`).toBe(expected);
  });

  it('X3a: a bias without a weight makes a mask of its own', () => {
    const alone: ModuleSpec = { ...head, parameters: [head.parameters![1]!] };
    expect(getAt(templateFromParameters('pruning', [alone]), ['bias', 'granularity'])).toBe('default');
  });

  it('is an object of objects', () => {
    expect([emptyObject, objectOf([['weight', emptyObject]])].map(isTemplate)).toEqual([true, true]);
    expect([null, [], objectOf([['weight', 'x']])].map(isTemplate)).toEqual([false, false, false]);
  });
});
