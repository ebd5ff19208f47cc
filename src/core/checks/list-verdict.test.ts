import { describe, expect, test } from 'vitest';
import type { Mode } from '../config/mode.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { checkAssertions, type ListAssertion } from './check-assertions.ts';
import { collectFindings } from './collect-findings.ts';
import { isThrough, judgeFindings, wordVerdict } from './list-verdict.ts';

const resolver = createResolver(readSample('resnet18'));

function verdictOf(mode: Mode, text: string, assertions: readonly ListAssertion[] = []) {
  const list = parseList(text);
  const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
  const results = checkAssertions(assertions, resolution, resolver, '3.11');
  const context = { resolver, list, templates: [], python: '3.11', teacher: null, assertions: results } as const;
  return judgeFindings(resolution.verdict, collectFindings(resolution, resolver.tree, context));
}

describe('F11: a list is in one of four states', () => {
  test.each<[Mode, string, string, string]>([
    ['pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]', 'ready', 'NNI accepts this list'],
    ['pruning', '[{"op_types":["Conv2d"],"sparse_ratio":1}]', 'refused', 'NNI refuses this list: SchemaError'],
    ['pruning', '[{"op_names_re":["conv9"],"sparse_ratio":0.5}]', 'runs-with-warnings', 'NNI accepts this list, with 1 warning'],
    ['pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.5},{"op_names":["conv1"],"sparse_ratio":0.1}]', 'runs-with-warnings', 'NNI accepts this list, with '],
    ['quantization', '[{"op_types":["Conv2d"],"quant_dtype":"int8"}]', 'fails-when-it-runs', 'This list fails when it runs: AttributeError'],
    ['distillation', '[{"op_names":["fc"],"apply_method":"mse","lambda":1}]', 'fails-when-it-runs', 'This list fails when it runs: AssertionError'],
  ])('%s %s is %s', (mode, text, state, words) => {
    const verdict = verdictOf(mode, text);
    expect(verdict.state).toBe(state);
    expect(wordVerdict(verdict).startsWith(words)).toBe(true);
    expect(isThrough(verdict)).toBe(state === 'ready' || state === 'runs-with-warnings');
  });

  test('an assertion that fails is no warning: the words name it first', () => {
    const assertion: ListAssertion = { id: 'a', label: '', subConfig: null, demand: { type: 'selects-exactly', count: 3 } };
    const verdict = verdictOf('pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]', [assertion]);
    expect([verdict.state, verdict.broken, verdict.warnings, wordVerdict(verdict)]).toEqual(['runs-with-warnings', 1, 0, 'NNI accepts this list, but 1 assertion fails']);
    const both = verdictOf('pruning', '[{"op_names_re":["conv9"],"sparse_ratio":0.5}]', [assertion]);
    expect(wordVerdict(both)).toBe('NNI accepts this list, but 1 assertion fails, with 1 warning');
  });

  test('what the chosen algorithm raises counts, though no finding says so', () => {
    const error = { type: 'ValueError', message: 'one\ntwo' };
    const verdict = judgeFindings({ accepted: true }, [], error);
    expect([verdict.state, wordVerdict(verdict, 'list.json')]).toEqual(['fails-when-it-runs', 'list.json fails when it runs: ValueError: one two']);
  });
});
