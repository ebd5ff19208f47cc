import { describe, expect, test } from 'vitest';
import { readSample } from '../../core/testing/nni-vectors.ts';
import type { CompletionPlace, WantedName } from '../../monaco/completion-place.ts';
import { mostOffers, offerNames, type OfferSource } from './name-offers.ts';

const resnet: OfferSource = { mode: 'pruning', student: readSample('resnet18'), teacher: null };

function at(wanted: WantedName, typed = ''): CompletionPlace {
  return { wanted, typed, offset: 0, length: 0, path: [], isKey: false, asList: false };
}

function names(source: OfferSource, place: CompletionPlace): readonly string[] {
  return offerNames(source, place).map(({ name }) => name);
}

describe('offerNames', () => {
  test('modules: what begins with the text before what holds it, never the root', () => {
    expect(names(resnet, at('module', 'conv1')).slice(0, 2)).toEqual(['conv1', 'layer1.0.conv1']);
    expect(names(resnet, at('module'))).not.toContain('');
    expect(names(resnet, at('module', 'no such module'))).toEqual([]);
  });

  test('modules: no more than are of use', () => {
    const deepseek = { ...resnet, student: readSample('deepseek_v3') };
    expect(names(deepseek, at('module', 'model.layers'))).toHaveLength(mostOffers);
    expect(names(deepseek, at('module', 'lm_head'))).toEqual(['lm_head']);
  });

  test('types: the frequent ones first, with how many there are', () => {
    expect(offerNames(resnet, at('module-type')).slice(0, 2)).toEqual([
      { name: 'Conv2d', detail: '20' },
      { name: 'BatchNorm2d', detail: '20' },
    ]);
  });

  test('targets: the usual ones first, then parameters, buffers and inputs of the model', () => {
    expect(names(resnet, at('target'))).toEqual(expect.arrayContaining(['running_mean', '_input_x']));
    expect(names(resnet, at('target')).slice(0, 2)).toEqual(['weight', 'bias']);
    expect(names({ ...resnet, mode: 'distillation' }, at('target'))).not.toContain('running_mean');
  });

  test('X6a: links lead into the teacher, which is the student where there is none', () => {
    expect(names(resnet, at('teacher-module', 'fc'))).toEqual(['fc']);
    const teacher = readSample('bert_base');
    expect(names({ ...resnet, teacher }, at('teacher-module', 'fc'))).toEqual([]);
  });

  test('nothing without a model', () => {
    expect(offerNames({ ...resnet, student: null }, at('module'))).toEqual([]);
  });
});
