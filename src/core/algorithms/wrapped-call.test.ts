import { describe, expect, it } from 'vitest';
import { readTree } from '../readers/read-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { readAlgorithm } from './algorithm.ts';
import { predictOutcome } from './predict-outcome.ts';

const sequential = 'torch.nn.modules.container.Sequential';

/** `layer('0', 'Linear', [8, 4])`: takes 4 and gives 8. */
function layer(name: string, type: string, weight: readonly number[], extra = '') {
  return { name, type, class: `torch.nn.modules.layers.${type}`, parameters: { weight: { shape: weight, dtype: 'float32' } }, forward: { args: ['input'] }, extra_repr: extra };
}

function treeOf(modules: readonly object[], calls?: object, torch = '2.1.0') {
  const graph = calls === undefined ? {} : { graph: { version: 1, torch, dummy: [2, 4], inputs: [['x', [2, 4]]], scopes: [''], nodes: [], outputs: [0], attrs: {}, calls } };
  const text = JSON.stringify({ format: 'module-tree', version: 1, model: 'net', modules: [{ name: '', type: 'Net', class: 'nets.Net', forward: { args: ['x'] } }, ...modules], ...graph });
  const read = readTree({ name: 'net.json', bytes: new TextEncoder().encode(text) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function outcomeOf(modules: readonly object[], name: string, calls?: object, torch?: string) {
  const tree = treeOf(modules, calls, torch);
  const resolver = createResolver(tree);
  const resolution = resolver.resolve({ mode: 'distillation', list: parseList(`[{"op_names":["${name}"]}]`), templates: [], python: '3.11' });
  const { error, needs } = predictOutcome(resolution, resolver, { algorithm: readAlgorithm('DynamicLayerwiseDistiller')!, call: null, teacher: null, uncalled: [] });
  return error === null ? needs : `${error.moment} ${error.type} ${error.rule}`;
}

const body = { name: 'body', type: 'Sequential', class: sequential, forward: { args: ['input'] } };
const own = (forward: object) => ({ name: 'own', type: 'Scale', class: 'nets.Scale', forward });

describe('calls of wrapped modules', () => {
  it.each([
    ['Linear after Linear', [layer('body.0', 'Linear', [8, 4]), layer('body.1', 'Linear', [3, 8])]],
    ['Conv2d of two groups', [layer('body.0', 'Conv2d', [8, 2, 3, 3], '4, 8, groups=2'), layer('body.1', 'BatchNorm2d', [8])]],
  ])('A-W1: a Sequential that starts again with other channels fails in the first forward pass: %s', (_, inside) => {
    expect(outcomeOf([body, ...inside], 'body')).toBe('first-forward RuntimeError A-W1');
  });

  it.each([
    ['the same width', [body, layer('body.0', 'Linear', [4, 4])]],
    ['a class of the model’s own', [{ ...body, class: 'nets.Body' }, layer('body.0', 'Linear', [8, 4])]],
    ['a list that a loop may walk', [{ ...body, type: 'ModuleList', class: 'torch.nn.modules.container.ModuleList' }, layer('body.0', 'Linear', [8, 4])]],
  ])('A-W1: says that code decides for %s', (_, modules) => {
    expect(outcomeOf(modules, 'body')).toEqual(['outputs']);
  });

  it.each([
    ['None', null, 'first-forward TypeError A-W2'],
    ['a number', 'float', 'first-forward TypeError A-W2'],
    ['a tensor', [2, 4], []],
    ['a tuple, which may be a namedtuple', { t: [[2, 4]] }, ['outputs']],
    ['a dict, whose class is lost', { d: { logits: [2, 4] } }, ['outputs']],
  ])('A-W2: a module of the model’s own that gives %s', (_, out, expected) => {
    expect(outcomeOf([own({ args: ['x'] })], 'own', { own: [{ in: [[2, 4]], kw: {}, out }] })).toEqual(expected);
  });

  it('A-W2: without recorded calls nothing is said of a module of the model’s own', () => {
    expect(outcomeOf([own({ args: ['x'] })], 'own')).toEqual(['outputs']);
  });

  it.each([
    ['left out', {}, 'first-forward KeyError A-W3'],
    ['given', { gain: 'float' }, []],
  ])('A-W3: a keyword-only argument that the call has %s', (_, kw, expected) => {
    expect(outcomeOf([own({ args: ['x'], kwonly: ['gain'] })], 'own', { own: [{ in: [[2, 4]], kw, out: [2, 4] }] })).toEqual(expected);
  });

  it('A-W3: hooks of torch 1 do not see arguments by name', () => {
    const calls = { own: [{ in: [[2, 4]], out: [2, 4] }] };
    expect(outcomeOf([own({ args: ['x'], kwonly: ['gain'] })], 'own', calls, '1.13.1')).toEqual(['outputs']);
  });
});
