import { expect, test } from 'vitest';
import { collectFindings } from '../core/checks/collect-findings.ts';
import { writeCompactJson } from '../core/config/json-writer.ts';
import { createResolver, type Resolver } from '../core/resolve/resolver.ts';
import { readNniVectors, readSample } from '../core/testing/nni-vectors.ts';
import { findingValue } from './resolve-report.ts';

const trees = new Map(['spec_mlp', 'conv_bn_relu'].map((name) => [name, readSample(name)]));
const resolvers = new Map<string, Resolver>();

test('F10: findings in every sixteenth of the recorded lists are JSON, with every value of their payloads', () => {
  let count = 0;
  for (const { model, mode, list } of readNniVectors('nni', 16)) {
    const tree = trees.get(model);
    if (!tree) continue;
    const resolver = resolvers.get(model) ?? createResolver(tree);
    resolvers.set(model, resolver);
    const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
    for (const finding of collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher: null })) {
      const { values } = JSON.parse(writeCompactJson(findingValue(finding, null))) as { readonly values: unknown };
      expect(values).toMatchObject(JSON.parse(JSON.stringify(finding.values)));
      count++;
    }
  }
  expect(count).toBeGreaterThan(50);
});
