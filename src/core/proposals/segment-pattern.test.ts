import { describe, expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { looserChoices, writeSegments } from './segment-pattern.ts';

describe('P24a: writeSegments', () => {
  test.each<[readonly string[], string]>([
    [['conv1'], 'conv1'],
    [['a+b'], 'a\\+b'],
    [['', 'fc'], '(fc)?'],
    [['layer1', 'layer2', 'layer3'], 'layer[1-3]'],
    [['conv1', 'conv10'], 'conv(1|10)'],
    [['q_proj', 'k_proj', 'v_proj'], '(q|k|v)_proj'],
    [['conv1', 'bn1', 'conv2', 'relu'], '(conv[12]|bn1|relu)'],
    [['key', 'kernel'], '(key|kernel)'],
    [['norm', 'norm2'], 'norm2?'],
    [['0', '1', 'head'], '([01]|head)'],
  ])('%j as %s', (segments, expected) => {
    expect(writeSegments(segments)).toBe(expected);
  });

  test('matches exactly the segments, whatever they are (seed 12)', () => {
    const random = createRandom(12);
    const piece = () => random.pick(['conv', 'bn', '_', '1', '2', '10', 'q', 'proj', '+', '[0]', 'größe', '-', '']);
    for (let round = 0; round < 500; round++) {
      const all = [...new Set(Array.from({ length: 14 }, () => piece() + piece() + piece()))];
      const wanted = all.filter(() => random.chance(0.4));
      if (wanted.length === 0) continue;
      const pattern = new RegExp(`^(?:${writeSegments(wanted).replace(/\\([-])/g, '$1')})$`);
      expect(all.filter((segment) => pattern.test(segment))).toEqual(wanted);
    }
  });
});

describe('P24a: looserChoices', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['layer1'], []],
    [['layer1', 'layer2'], ['layer\\d+', 'layer[^.]*', '[^.]+']],
    [['q_proj', 'k_proj'], ['[^.]*_proj', '[^.]+']],
    [['0', '12'], ['\\d+', '[^.]+']],
    [['', 'fc'], []],
  ])('%j: %j', (segments, expected) => {
    expect(looserChoices(segments).map(({ text }) => text)).toEqual(expected);
  });

  test('accepts what its text matches', () => {
    const segments = ['layer1', 'layer', 'layer10', 'xlayer1', '3', '', 'q_proj', '_proj', 'layer1a'];
    for (const given of [['layer1', 'layer2'], ['q_proj', 'k_proj'], ['0', '12']]) {
      for (const { text, accepts } of looserChoices(given)) {
        const pattern = new RegExp(`^(?:${text})$`);
        expect(segments.filter(accepts)).toEqual(segments.filter((segment) => pattern.test(segment)));
      }
    }
  });
});
