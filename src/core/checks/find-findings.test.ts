import { assert, constantFrom, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyListEdits } from '../config/list-edits.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigList, isConfigObject, type ConfigList } from '../config/value.ts';
import { wordFinding, wordFix } from '../diagnostics/wording.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readNniVectors, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './find-findings.ts';

const trees = new Map<string, ModuleTree>();

function treeOf(name: string): ModuleTree {
  const tree = trees.get(name) ?? readSample(name);
  trees.set(name, tree);
  return tree;
}

function findings(model: string, mode: Mode, list: ConfigList, teacher: ModuleTree | null = null) {
  const tree = treeOf(model);
  const resolver = createResolver(tree);
  const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
  return collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher });
}

describe('findings', () => {
  it.each([
    ['V3', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":1}]', 'wrong-value', 'Write 1.0'],
    ['V4', 'spec_mlp', 'quantization', '[{"op_types":["Linear"]}]', 'missing-key', 'Add quant_dtype: "int8"'],
    ['V2', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparsety":0.5}]', 'unknown-key', 'Remove sparsety'],
    ['V7', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_settings":{}}]', 'empty-dict', 'Remove target_settings'],
    ['S5', 'spec_mlp', 'pruning', '[{"op_names":["fc1","nope"]}]', 'unknown-module', 'Remove the entry'],
    ['S2', 'spec_mlp', 'pruning', '[{"op_names_re":["fc1","fc["]}]', 'bad-pattern', 'Remove the entry'],
    ['C1', 'spec_mlp', 'pruning', '[{"op_names_re":["relu1|fc"]}]', 'unregistered-type', 'Exclude ReLU'],
    [
      'C6',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"target_names":["weight","_output_"]}]',
      'unknown-target',
      'Add _output_ to target_settings',
    ],
    [
      'E3',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"weight":{"sparse_ratio":0.8}}}]',
      'exclusive-keys',
      'Move it into target_settings',
    ],
    [
      'C5',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"target_names":["weight"],"target_settings":{"bias":{"sparse_ratio":0.5}}}]',
      'dropped-target-setting',
      'Add bias to target_names',
    ],
    ['C3', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_names":["bias"],"sparse_ratio":0.5}]', 'shorthand-unused', 'Remove sparse_ratio'],
    ['S1', 'spec_mlp', 'pruning', '[{"op_types":["Linear","Conv2d"]}]', 'entry-without-hit', 'Remove the entry'],
    ['X4', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":7.5}]', 'ratio-above-1', 'Write 1.0'],
    ['X4', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":-0.5}]', 'ratio-below-0', 'Write 0.0'],
    ['X6', 'spec_mlp', 'distillation', '[{"op_types":["Linear"],"lambda":0.5}]', 'loss-left-out', 'Add apply_method: "mse"'],
  ] as const)('%s: %s %s %s is told as %s, and "%s" settles it', (_rule, model, mode, text, code, label) => {
    const list = parseList(text);
    const found = findings(model, mode, list).find((finding) => finding.code === code);
    const fix = found?.fixes.find((candidate) => wordFix(candidate) === label);
    expect(found?.fixes.map(wordFix)).toContain(label);
    if (!fix || fix.action.type !== 'edit-list') throw new Error('the fix edits the list');
    const edited = applyListEdits(list.filter(isConfigObject), fix.action.edits);
    if (!edited.ok) throw new Error(edited.error.message);
    const left = findings(model, mode, edited.value).filter((finding) => finding.code === code);
    const same = left.filter((finding) => wordFinding(finding).title === wordFinding(found!).title);
    expect(same).toEqual([]);
  });

  it('S2: layer1 also takes layer10; the fix ends the pattern and is offered with what it leaves', () => {
    const list = parseList(String.raw`[{"op_names_re":["model\\.layers\\.1"],"op_types":["Linear"],"sparse_ratio":0.5}]`);
    const found = findings('llama3_8b', 'pruning', list).find((finding) => finding.code === 'cut-number');
    expect(found && wordFinding(found).title).toMatch(/^model\\\.layers\\\.1 also takes model\.layers\.10/);
    const [fix] = found?.fixes ?? [];
    expect(fix?.action).toEqual({
      type: 'edit-list',
      edits: [{ type: 'set', path: [0, 'op_names_re', 0], value: String.raw`(?:model\.layers\.1)(?:\.|$)` }],
    });
  });

  it('R1: an overlap is told once for each target, and moving the sub-config up turns it round', () => {
    const list = parseList('[{"op_types":["Linear"]},{"op_names":["fc1"]}]');
    const [first, second] = findings('spec_mlp', 'pruning', list).filter(({ code }) => code === 'lost-targets');
    expect([first?.values, second?.values]).toMatchObject([
      { target: 'weight', winner: 1, count: 1 },
      { target: 'bias', winner: 1, count: 1 },
    ]);
    expect(first && wordFinding(first).why).toContain('The specification also says that later ones overwrite');
    expect(first?.fixes).toEqual([
      {
        code: 'move-up',
        values: { subConfig: 2, winner: 1 },
        action: { type: 'edit-list', edits: [{ type: 'move', from: 1, to: 0 }] },
      },
    ]);
  });

  it('X1: a block that does not divide the target fails later, with the exception', () => {
    const list = parseList('[{"op_types":["Linear"],"target_names":["weight"],"sparse_ratio":0.5,"granularity":[7,7]}]');
    expect(findings('spec_mlp', 'pruning', list)).toMatchObject([
      { code: 'mask-failure', severity: 'later', error: { type: 'AssertionError' } },
    ]);
  });

  it('X6: a link that the teacher lacks', () => {
    const list = parseList('[{"op_types":["Conv2d"],"apply_method":"mse","link":"auto"}]');
    expect(findings('resnet18', 'distillation', list, treeOf('spec_mlp'))).toMatchObject([
      { code: 'link-missing', severity: 'later', values: { link: 'conv1', count: 20 } },
    ]);
  });

  it('P: a pattern that would hang Python is told with its seconds', () => {
    const list = parseList('[{"op_names_re":["(.*)*x$"]}]');
    const slow = findings('llama3_8b', 'pruning', list).find((finding) => finding.code === 'slow-pattern');
    expect(slow && wordFinding(slow).title).toBe('The pattern (.*)*x$ would hang Python.');
  });

  it('every finding on the recorded lists has words, and none of them reads undefined', () => {
    const codes = new Set<string>();
    for (const { model, mode, list } of readNniVectors('nni').filter((_, at) => at % 6 === 0)) {
      for (const finding of findings(model, mode, list)) {
        codes.add(finding.code);
        const { title, why, rule } = wordFinding(finding);
        expect(`${title} ${why}`).not.toMatch(/undefined|NaN|\[object/);
        expect([title === finding.code, rule === '']).toEqual([false, false]);
        for (const fix of finding.fixes) expect(wordFix(fix)).not.toBe(fix.code);
      }
    }
    expect(codes.size).toBeGreaterThan(15);
  });

  it('any JSON as a list is survived (seed 7)', () => {
    assert(
      property(jsonValue({ maxDepth: 4 }), constantFrom<Mode>('pruning', 'quantization', 'distillation'), (json, mode) => {
        const list = parseList(writeCompactJson([]).replace('[]', JSON.stringify([json])));
        expect(isConfigList(list)).toBe(true);
        expect(Array.isArray(findings('spec_mlp', mode, list))).toBe(true);
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});
