import { expect, test } from 'vitest';
import { type ConfigValue, isConfigList, isConfigObject, valuesEqual } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { type NniVector, readNniVectors, readSample } from '../testing/nni-vectors.ts';
import { exceptionName, fusedOf, listIgnored, settingsOf } from './report.ts';
import type { Resolution } from './resolution.ts';
import { createResolver, type Resolver } from './resolver.ts';

/** The vectors cut messages off here. */
const longestMessage = 500;

interface Disagreement {
  readonly id: string;
  readonly what: string;
  readonly expected: unknown;
  readonly found: unknown;
}

function compare(vector: NniVector, resolution: Resolution, tree: ModuleTree): Disagreement | null {
  const { id } = vector;
  const { verdict } = resolution;
  const differs = (what: string, expected: unknown,
    found: unknown): Disagreement => ({ id, what, expected, found });
  if (verdict.accepted !== vector.accepted) return differs('accepted', vector.error ?? true, verdict);
  if (!sameTranslation(vector.translated, resolution.translated)) {
    return differs('translated', vector.translated, resolution.translated);
  }
  if (!verdict.accepted) {
    if (verdict.stage !== vector.stage) return differs('stage', [vector.stage, vector.error], verdict);
    const found = { type: exceptionName(verdict.error), message: verdict.error.message.slice(0, longestMessage) };
    if (found.type !== vector.error!.type) return differs('error type', vector.error, found);
    if (found.message !== vector.error!.message) return differs('error message', vector.error, found);
    // A list that stops after registration has its settings in the row; all others have none.
    if (vector.settings === null) return null;
  }
  const settings = compareSettings(vector, resolution, tree);
  if (settings !== null) return differs('settings', vector.settings, settings);
  const ignored = listIgnored(resolution, tree).map((item) => item.join(' '));
  if (ignored.join('\n') !== vector.ignored.join('\n')) return differs('ignored', vector.ignored, ignored);
  const fused = [...fusedOf(resolution)].map((entry) => JSON.stringify(entry)).toSorted();
  const wanted = (vector.fused?.entries ?? []).map((entry) => JSON.stringify(entry)).toSorted();
  return fused.join('\n') === wanted.join('\n') ? null : differs('fused', wanted, fused);
}

/** The first place where settings differ, or null. */
function compareSettings(vector: NniVector, resolution: Resolution, tree: ModuleTree): string | null {
  const found = settingsOf(resolution, tree);
  const expected = vector.settings?.entries ?? [];
  if (found.size !== expected.length) return `${found.size} modules`;
  for (const [module, targets] of expected) {
    const settings = found.get(module);
    if (settings === undefined || !isConfigObject(targets)) return `not ${module}`;
    if (settings.size !== targets.entries.length) return `${module}: ${[...settings.keys()].join(' ')}`;
    for (const [target, setting] of targets.entries) {
      const other = settings.get(target);
      if (other === undefined || !valuesEqual(setting, other)) return `${module}: ${target}`;
    }
  }
  return null;
}

function sameTranslation(a: ConfigValue, b: ConfigValue): boolean {
  return isConfigList(a) && isConfigList(b) ? valuesEqual(a, b) : a === b;
}

test.each(['nni', 'nni-corners'])('L, V, S, C, R, O: every row of %s.jsonl.gz agrees, texts of errors included',
  (file) => {
  const vectors = readNniVectors(file);
  const resolvers = new Map<string, Resolver>();
  const disagreements: Disagreement[] = [];
  for (const vector of vectors) {
    const resolver = resolvers.get(vector.model) ?? createResolver(readSample(vector.model));
    resolvers.set(vector.model, resolver);
    const { mode, list } = vector;
    const resolution = resolver.resolve({ mode, list, templates: [], python: defaultPythonVersion });
    const disagreement = compare(vector, resolution, resolver.tree);
    if (disagreement !== null) disagreements.push(disagreement);
  }
  const agreed = vectors.length - disagreements.length;
  console.log(`${file}: ${agreed} of ${vectors.length} config lists as NNI 3.0 has them`);
  expect(vectors.length).toBeGreaterThan(1000);
  expect(disagreements).toEqual([]);
});
