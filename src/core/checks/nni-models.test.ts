import { expect, test } from 'vitest';
import { getKey, isConfigList, isConfigNumber, isConfigObject, numberOf, valuesEqual } from '../config/value.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { exceptionName, fusedOf, settingsOf } from '../resolve/report.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { readNniVectors, readOddModel, type NniVector } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import { masksOf, predictMasks } from '../masks/predict-masks.ts';

/** The difference from NNI; `null` when there is none. */
function difference(vector: NniVector, resolution: Resolution, resolver: Resolver): unknown {
  const { verdict } = resolution;
  if (verdict.accepted !== vector.accepted) return { accepted: verdict };
  if (!verdict.accepted) {
    const ours = [verdict.stage, exceptionName(verdict.error), verdict.error.message];
    const theirs = [vector.stage, vector.error?.type, vector.error?.message];
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) return { ours, theirs };
  }
  const { translated } = resolution;
  if (vector.translated !== null && (translated === null || !valuesEqual(translated, vector.translated))) return { translated };
  if (vector.settings !== null) {
    const settings = settingsOf(resolution, resolver.tree);
    const differing = vector.settings.entries.filter(([module, targets]) => {
      const own = settings.get(module);
      return (
        own === undefined ||
        !isConfigObject(targets) ||
        own.size !== targets.entries.length ||
        targets.entries.some(([target, setting]) => !own.has(target) || !valuesEqual(own.get(target)!, setting))
      );
    });
    if (differing.length > 0 || settings.size !== vector.settings.entries.length) return { settings: differing };
  }
  const fused = [...fusedOf(resolution)].map((entry) => JSON.stringify(entry)).toSorted().join('\n');
  const wanted = (vector.fused?.entries ?? []).map((entry) => JSON.stringify(entry)).toSorted().join('\n');
  if (vector.settings !== null && fused !== wanted) return { fused, wanted };
  if (!verdict.accepted) return null;
  return vector.mode === 'pruning' ? maskDifference(vector, resolution, resolver) : runDifference(vector, resolution, resolver);
}

function maskDifference(vector: NniVector, resolution: Resolution, resolver: Resolver): unknown {
  const { tree } = resolver;
  if (vector.masks === null && vector.later === null) return null;
  const prediction = predictMasks(resolution, resolver);
  if (prediction.type === 'failure') return prediction.error.type === vector.later ? null : { prediction };
  if (vector.later !== null) return { later: vector.later };
  for (let index = 0; index < tree.size; index++) {
    const module = moduleName(tree, index);
    for (const [target, { masked, total }] of masksOf(prediction, index) ?? []) {
      const ofModule = getKey(vector.masks!, module);
      const counted = ofModule !== undefined && isConfigObject(ofModule) ? getKey(ofModule, target) : undefined;
      const found = isConfigList(counted) ? counted.filter(isConfigNumber).map(numberOf) : [0, total];
      if (masked !== null && (found[0] !== masked || found[1] !== total)) return { module, target, masked, total, found };
    }
  }
  return null;
}

function runDifference(vector: NniVector, resolution: Resolution, resolver: Resolver): unknown {
  if (!vector.isRun) return null;
  const context = { resolver, list: vector.list, templates: [], python: defaultPythonVersion, teacher: null };
  // The wrappers ran alone in these rows: exceptions of a quantizer (A-Q9, A-Q10) did not come up.
  const later = collectFindings(resolution, resolver.tree, context).filter(
    ({ severity, code }) => severity === 'later' && code !== 'algorithm-fails' && code !== 'wrapped-sequential',
  );
  // These runs had the wrappers alone: a parameter that is None met their product with 1.0, where a quantizer looks at it before (rule A-Q2).
  const types = later.map(({ code, error }) => (code === 'empty-quantized' ? 'TypeError' : error?.type));
  // A module that is fused away where the model needs it makes torch fail before NNI does.
  if (vector.later === 'RuntimeError' && types.length > 0) return null;
  return (vector.later === null ? types.length === 0 : types.includes(vector.later)) ? null : { types, later: vector.later };
}

test('L, V, S, C, R, X1a–d, X2a–b, X3a–b, X4a–c, X7a–b, X8: what NNI did with odd lists on odd models and other kinds, the first forward pass included', () => {
  const vectors = readNniVectors('nni-models');
  const resolvers = new Map<string, Resolver>();
  const differences: unknown[] = [];
  for (const vector of vectors) {
    const resolver = resolvers.get(vector.model) ?? createResolver(readOddModel(vector.model));
    resolvers.set(vector.model, resolver);
    const { mode, list, id } = vector;
    const resolution = resolver.resolve({ mode, list, templates: [], python: defaultPythonVersion });
    const found = difference(vector, resolution, resolver);
    if (found !== null) differences.push({ id, found });
  }
  console.log(`nni-models: ${vectors.length - differences.length} of ${vectors.length} config lists as NNI 3.0 has them`);
  expect(vectors.length).toBeGreaterThan(2000);
  expect(differences).toEqual([]);
});
