import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nameAt } from '../module-tree/packed-names.ts';
import { findSiblingRuns } from '../module-tree/sibling-runs.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { smallTree } from '../testing/nni-trees.ts';
import { describePattern, type PatternDescription } from './describe-pattern.ts';

function openSample(name: string): Resolver {
  const bytes = readFileSync(new URL(`../../../public/samples/${name}.json.gz`, import.meta.url));
  const read = readTree({ name, bytes });
  if (!read.ok) throw new Error(name);
  return createResolver(read.value);
}

function describeOn(resolver: Resolver, pattern: string): Extract<PatternDescription, { type: 'described' }> {
  const described = describePattern(resolver, findSiblingRuns(resolver.tree), pattern, '3.11');
  if (described.type === 'invalid') throw new Error(described.error.message);
  return described;
}

const namesOf = ({ tree }: Resolver, modules: readonly number[]) => modules.map((module) => nameAt(tree.names, module));

describe('P21, P25: describePattern', () => {
  const small = createResolver(smallTree);
  const resnet = openSample('resnet18');
  const bert = openSample('bert_base');

  test('what is wrong with a pattern, as Python says it (P1)', () => {
    expect(describePattern(small, findSiblingRuns(small.tree), 'a(', '3.11')).toEqual({
      type: 'invalid',
      error: { type: 're.error', message: 'missing ), unterminated subpattern at position 1', position: 1 },
    });
  });

  test('parts in words (P21), count and examples', () => {
    const { parts, count, examples } = describeOn(resnet, 'layer\\d\\.0$');
    expect(parts.map(({ text }) => text)).toEqual([
      'the text `layer`',
      'a digit',
      'the text `.0`',
      'end of the name (or before a line feed that ends it)',
    ]);
    expect(count).toBe(4);
    expect(namesOf(resnet, examples)).toEqual(['layer1.0', 'layer2.0', 'layer3.0', 'layer4.0']);
  });

  test('`layer1` also takes `layer10` (S2)', () => {
    expect(namesOf(small, describeOn(small, 'layer1').cut.first)).toEqual(['layer10']);
    expect(describeOn(small, 'layer1(\\.|$)').cut.count).toBe(0);
    expect(describeOn(small, 'lay').cut.count).toBe(0);
  });

  test('P25: near misses: other numbers, else siblings of the same type', () => {
    expect(namesOf(resnet, describeOn(resnet, 'layer[1-3]\\.0\\.conv1$').near.first)).toContain('layer4.0.conv1');
    expect(namesOf(bert, describeOn(bert, '.*\\.query$').near.first)[0]).toMatch(/\.key$/);
    expect(describeOn(resnet, 'nothing').near.count).toBe(0);
  });

  test('what fits further on in the name only', () => {
    const { count, inside } = describeOn(resnet, 'conv1');
    expect([count, inside.count]).toEqual([1, 8]);
    expect(describeOn(resnet, '(?i)conv1').inside.count).toBe(0);
  });

  test('P25: gaps: 10 of 12 blocks, and which are missing (T20)', () => {
    const { gaps } = describeOn(bert, '.*layer\\.(\\d|1[01])\\.attention\\.self\\.(query|key)$');
    expect(gaps).toEqual([]);
    const some = describeOn(bert, '.*layer\\.[0-9]\\.attention\\.self\\.query$').gaps;
    expect(some).toHaveLength(1);
    expect(some[0]).toMatchObject({ blocks: 12, full: 10, missing: [10, 11], partial: [], runs: 1 });
    const fewer = describeOn(bert, '.*(layer\\.[0-9]\\.attention\\.self\\.query|layer\\.\\d+\\.attention\\.self\\.key)$').gaps;
    expect(fewer[0]).toMatchObject({ full: 10, missing: [], partial: [10, 11] });
  });

  test('runs alike are reported once', () => {
    const deepseek = openSample('deepseek_v3');
    const { gaps } = describeOn(deepseek, '.*experts\\.(\\d|\\d\\d|1\\d\\d)\\.gate_proj$');
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({ blocks: 256, full: 200, runs: 58 });
    expect(gaps[0]!.missing).toHaveLength(56);
  });

  test('a slow pattern is described as far as it was decided (P20e)', () => {
    const { slowSeconds, parts } = describeOn(bert, '(\\w+\\.?)+!');
    expect(slowSeconds).toBeGreaterThan(1);
    expect(parts).not.toEqual([]);
  });
});
