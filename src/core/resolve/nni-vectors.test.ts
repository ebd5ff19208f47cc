import { expect, test } from 'vitest';
import { type ConfigValue, isConfigList, isConfigObject, valuesEqual } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { type NniVector, readNniVectors, readSample } from '../testing/nni-vectors.ts';
import { nativeSweep } from '../testing/native-sweep.ts';
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
  const differs = (what: string, expected: unknown, found: unknown): Disagreement => ({ id, what, expected, found });
  if (verdict.accepted !== vector.accepted) return differs('accepted', vector.error ?? true, verdict);
  if (!sameTranslation(vector.translated, resolution.translated)) {
    return differs('translated', vector.translated, resolution.translated);
  }
  if (!verdict.accepted) {
    if (verdict.stage !== vector.stage) return differs('stage', [vector.stage, vector.error], verdict);
    if (exceptionName(verdict.error) !== vector.error!.type) return differs('error type', vector.error, verdict.error);
    // What stops after registration has its settings in the row, all others have not.
    if (vector.settings === null) return null;
  }
  const found = settingsOf(resolution, tree);
  const expected = isConfigObject(vector.settings ?? undefined) ? vector.settings!.entries : [];
  if (found.size !== expected.length) return differs('modules', expected.length, found.size);
  for (const [module, targets] of expected) {
    const settings = found.get(module);
    if (settings === undefined || !isConfigObject(targets)) return differs('module', module, undefined);
    if (settings.size !== targets.entries.length) return differs('targets', targets, [...settings.keys()]);
    for (const [target, setting] of targets.entries) {
      const other = settings.get(target);
      if (other === undefined || !valuesEqual(setting, other)) return differs(`${module} ${target}`, setting, other);
    }
  }
  const ignored = listIgnored(resolution, tree).map((item) => item.join(' ')).toSorted();
  if (JSON.stringify(ignored) !== JSON.stringify(vector.ignored)) return differs('ignored', vector.ignored, ignored);
  const fused = [...fusedOf(resolution)].map((entry) => JSON.stringify(entry)).toSorted();
  const wanted = (vector.fused?.entries ?? []).map((entry) => JSON.stringify(entry)).toSorted();
  return fused.join('\n') === wanted.join('\n') ? null : differs('fused', wanted, fused);
}

function sameTranslation(a: ConfigValue, b: ConfigValue): boolean {
  if (!isConfigList(a) || !isConfigList(b)) return a === b;
  return valuesEqual(a, b);
}

test('L, V, S, C, R: agrees with every row of what NNI 3.0 did', () => {
  const vectors = readNniVectors();
  const resolvers = new Map<string, Resolver>();
  const disagreements: Disagreement[] = [];
  let refused = 0;
  let sameMessage = 0;
  for (const vector of vectors) {
    const resolver = resolvers.get(vector.model) ?? createResolver(readSample(vector.model), { sweep: nativeSweep });
    resolvers.set(vector.model, resolver);
    const { mode, list } = vector;
    const resolution = resolver.resolve({ mode, list, templates: [], python: defaultPythonVersion });
    const disagreement = compare(vector, resolution, resolver.tree);
    if (disagreement !== null) disagreements.push(disagreement);
    if (!vector.accepted && !resolution.verdict.accepted) {
      refused++;
      const message = resolution.verdict.error.message.slice(0, longestMessage);
      if (message === vector.error!.message) sameMessage++;
      else if (process.env['DEBUG_MSG']) console.log(vector.id, '\n', vector.error!.message.slice(0,300), '\n', message.slice(0,300));
    }
  }
  console.log(`NNI vectors: ${vectors.length - disagreements.length} of ${vectors.length} agree; messages ${sameMessage} of ${refused}`);
  console.log(JSON.stringify(disagreements.slice(0, 10), null, 1));
  expect(disagreements).toEqual([]);
}, 120_000);
