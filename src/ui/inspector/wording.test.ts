import { describe, expect, test } from 'vitest';
import type { Kernel } from '../../core/resolve/resolution.ts';
import { kernelText, maskText, nameParts, pathText, valueText } from './wording.ts';

describe('kernelText', () => {
  const outChannel: Kernel = { sizes: [1], padding: 'back', paddingValue: -1 };
  const block: Kernel = { sizes: [4, 4], padding: 'front', paddingValue: 1 };
  const cases: readonly [kernel: Kernel, shape: readonly number[] | null, text: string][] = [
    [outChannel, [64, 3, 7, 7], '1 × all × all × all'],
    [outChannel, [64], '1'],
    [outChannel, null, '1 × all …'],
    [block, [64, 32], '4 × 4'],
    [block, [64, 3, 8, 8], '1 × 1 × 4 × 4'],
    [block, null, '1 … × 4 × 4'],
    [block, [8], '4 × 4'],
  ];
  test.each(cases)('R6a: %j over %j', (kernel, shape, text) => {
    expect(kernelText(kernel, shape)).toBe(text);
  });
});

test('E1: valueText keeps numbers as written', () => {
  expect(valueText({ type: 'float', text: '1.0' })).toBe('1.0');
  expect(valueText({ type: 'object', entries: [['dims', [{ type: 'int', text: '0' }]], ['a', null]] })).toBe(
    '{ "dims": [0], "a": null }',
  );
});

test('nameParts cuts behind the dots', () => {
  expect(nameParts('layer1.0.conv1')).toEqual(['layer1.', '0.', 'conv1']);
  expect(nameParts('')).toEqual(['(root)']);
});

test('X4a: maskText', () => {
  expect(maskText({ masked: 24_000, total: 30_000 })).toBe('24,000 of 30,000 values (80 %)');
  expect(maskText({ masked: 1, total: 3 })).toBe('1 of 3 values (33.3 %)');
  expect(maskText({ masked: 0, total: 0 })).toBe('0 of 0 values');
  expect(maskText({ masked: null, total: 30_000 })).toBe('how many of 30,000 values depends on the weights');
});

test('pathText', () => {
  expect(pathText(['op_names_re', 2])).toBe('op_names_re[2]');
  expect(pathText(['target_settings', 'bias', 'align', 'dims', 0])).toBe('target_settings › bias › align › dims[0]');
  expect(pathText(['fuse_names', 0, 1])).toBe('fuse_names[0][1]');
  expect(pathText([])).toBe('');
});
