import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import type { ConfigValue } from '../config/value.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { wordFix } from '../diagnostics/fix.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import type { Finding } from './finding.ts';
import { repairList } from './repair-list.ts';
import { wordFindingAt } from './word-finding.ts';

const detector = `Model(
  (model): Sequential(
    (0): Conv(
      (conv): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), bias=False)
      (bn): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
      (act): SiLU(inplace=True)
    )
    (1): Detect(
      (m): ModuleList(
        (0): Conv2d(8, 4, kernel_size=(1, 1), stride=(1, 1))
        (1): Conv2d(8, 4, kernel_size=(1, 1), stride=(1, 1))
      )
    )
  )
)`;
const blocks = `Net(
  (h): ModuleList(
    (0-11): 12 x Block(
      (attn): Attention(
        (qkv): Linear(in_features=8, out_features=24, bias=True)
        (out): Linear(in_features=8, out_features=8, bias=True)
      )
    )
  )
  (lm_head): Linear(in_features=8, out_features=16, bias=False)
)`;

function resolverOf(text: string): Resolver {
  const tree = readTree({ name: 'model.txt', bytes: new TextEncoder().encode(text) });
  if (!tree.ok) throw new Error(tree.error.code);
  return createResolver(tree.value);
}

const resolvers = { detector: resolverOf(detector), blocks: resolverOf(blocks) };

function findingsOf(model: keyof typeof resolvers, mode: Mode): (list: ConfigValue) => readonly Finding[] {
  const resolver = resolvers[model];
  return (list) => {
    const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
    return collectFindings(resolution, resolver.tree, { resolver, list, templates: [], python: '3.11', teacher: null });
  };
}

type Row = readonly [what: string, model: keyof typeof resolvers, mode: Mode, list: string, repaired: string];

describe('F9a, F10a–b, F13a–b: lists as people write them are repaired to what was meant', () => {
  it.each<Row>([
    ['a fragment', 'blocks', 'pruning', '[{"op_names_re":["qkv"],"sparse_ratio":0.5}]', '[{"op_names_re":[".*qkv"],"sparse_ratio":0.5}]'],
    ['a fragment with an anchor', 'blocks', 'pruning', '[{"op_names_re":["^qkv$"],"sparse_ratio":0.5}]', '[{"op_names_re":[".*qkv$"],"sparse_ratio":0.5}]'],
    ['a fragment that is a container', 'blocks', 'pruning', '[{"op_names_re":["attn"],"sparse_ratio":0.5}]',
      '[{"op_names_re":[".*attn"],"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['last labels', 'blocks', 'pruning', '[{"op_names":["qkv","out"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":[".*\\.(qkv|out)$"],"sparse_ratio":0.5}]`],
    ['last labels beside a whole name', 'blocks', 'pruning', '[{"op_names":["attn.qkv","attn.out","lm_head"],"sparse_ratio":0.5}]',
      String.raw`[{"op_names":["lm_head"],"sparse_ratio":0.5,"op_names_re":[".*\\.(attn\\.qkv|attn\\.out)$"]}]`],
    ['one last label', 'blocks', 'pruning', '[{"op_names":["attn.out"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":[".*\\.attn\\.out$"],"sparse_ratio":0.5}]`],
    ['a parameter', 'detector', 'pruning', '[{"op_names":["model.0.conv.weight"],"sparse_ratio":0.5}]', '[{"op_names":["model.0.conv"],"sparse_ratio":0.5}]'],
    ['parameters', 'detector', 'pruning', '[{"op_names":["model.0.conv.weight","model.1.m.0.bias"],"sparse_ratio":0.5}]',
      '[{"op_names":["model.0.conv","model.1.m.0"],"sparse_ratio":0.5}]'],
    ['a pattern for parameters', 'blocks', 'pruning', String.raw`[{"op_names_re":[".*\\.qkv\\.weight$"],"sparse_ratio":0.5}]`, String.raw`[{"op_names_re":[".*\\.qkv$"],"sparse_ratio":0.5}]`],
    ['brackets', 'detector', 'pruning', '[{"op_names":["model.model[1].m[0]"],"sparse_ratio":0.5}]', '[{"op_names":["model.1.m.0"],"sparse_ratio":0.5}]'],
    ['re:', 'blocks', 'pruning', '[{"op_names":["re:.*qkv"],"sparse_ratio":0.5}]', '[{"op_names_re":[".*qkv"],"sparse_ratio":0.5}]'],
    ['a glob', 'blocks', 'pruning', '[{"op_names":["h.*.attn.out"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":["h\\..*\\.attn\\.out$"],"sparse_ratio":0.5}]`],
    ['a glob as pattern', 'blocks', 'pruning', '[{"op_names_re":["*qkv"],"sparse_ratio":0.5}]', '[{"op_names_re":[".*qkv$"],"sparse_ratio":0.5}]'],
    ['a path of a class', 'detector', 'pruning', '[{"op_types":["nn.Conv2d"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['the whole path of a class', 'detector', 'pruning', '[{"op_types":["torch.nn.modules.conv.Conv2d"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['a printed class', 'detector', 'pruning', `[{"op_types":["<class 'torch.nn.modules.conv.Conv2d'>"],"sparse_ratio":0.5}]`, '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['a type as text', 'detector', 'pruning', '[{"op_types":"Conv2d","sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['a type among names', 'detector', 'pruning', '[{"op_names":["Conv2d"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['a container', 'detector', 'pruning', '[{"op_types":["Conv"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['a container of torch', 'detector', 'pruning', '[{"op_types":["Sequential"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['containers', 'blocks', 'pruning', '[{"op_types":["Block","Attention"],"sparse_ratio":0.5}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['a container by name', 'blocks', 'pruning', '[{"op_names":["h.3"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":["h\\.3\\..*"],"op_types":["Linear"],"sparse_ratio":0.5}]`],
    ['default', 'blocks', 'pruning', '[{"op_types":["default"],"sparse_ratio":0.5}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['exclude', 'detector', 'pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.3},{"op_names":["model.1.m.0"],"exclude":true}]',
      '[{"op_types":["Conv2d"],"sparse_ratio":0.3,"exclude_op_names":["model.1.m.0"]}]'],
    ['exclude with a type and names', 'detector', 'pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.3},{"op_types":["Conv2d"],"op_names":["model.1.m.0","model.1.m.1"],"exclude":true}]',
      '[{"op_types":["Conv2d"],"sparse_ratio":0.3,"exclude_op_names":["model.1.m.0","model.1.m.1"]}]'],
    ['exclude as text, by a pattern', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.3},{"op_names_re":[".*out"],"exclude":"True"}]',
      '[{"op_types":["Linear"],"sparse_ratio":0.3,"exclude_op_names_re":[".*out"]}]'],
    ['exclude that is false', 'detector', 'pruning', '[{"op_names":["model.0.conv"],"sparse_ratio":0.3},{"op_names":["model.1.m.0"],"exclude":false,"sparse_ratio":0.5}]',
      '[{"op_names":["model.0.conv"],"sparse_ratio":0.3},{"op_names":["model.1.m.0"],"sparse_ratio":0.5}]'],
    ['quant_types', 'detector', 'quantization', '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"quant_types":["weight"],"quant_bits":8}]',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"target_names":["weight"],"target_settings":{"weight":{"quant_dtype":"int8"}},"quant_dtype":"int8"}]'],
    ['quant_types and bits of each', 'detector', 'quantization',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"quant_types":["weight","output"],"quant_bits":{"weight":8,"output":4}}]',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"target_names":["weight","_output_"],"target_settings":{"weight":{"quant_dtype":"int8"},"_output_":{"quant_dtype":"int4"}},"quant_dtype":"int8"}]'],
    ['quant_types beside quant_dtype', 'detector', 'quantization',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"quant_types":["input"],"quant_bits":8,"quant_dtype":"int8"}]',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"},{"op_names":["model.1.m.0"],"quant_dtype":"int8","target_names":["_input_"],"target_settings":{"_input_":{"quant_dtype":"int8"}}}]'],
    ['sparsity', 'blocks', 'pruning', '[{"op_names":["lm_head"],"sparse_ratio":0.5},{"op_names":["h.0.attn.qkv"],"sparsity":0.3}]',
      '[{"op_names":["lm_head"],"sparse_ratio":0.5},{"op_names":["h.0.attn.qkv"],"target_names":["weight","bias"],"target_settings":{"weight":{"sparse_ratio":0.3,"granularity":"default"}}}]'],
    ['input and output', 'blocks', 'quantization', '[{"op_names":["h.0.attn.qkv"],"target_names":["input","weight","output"],"quant_dtype":"int8"}]',
      '[{"op_names":["h.0.attn.qkv"],"target_names":["_input_","weight","_output_"],"quant_dtype":"int8"}]'],
    ['inputs and weights', 'blocks', 'quantization', '[{"op_names":["lm_head"],"target_names":["weights","inputs"],"quant_dtype":"int8"}]',
      '[{"op_names":["lm_head"],"target_names":["weight","_input_"],"quant_dtype":"int8"}]'],
    ['settings of input', 'blocks', 'quantization',
      '[{"op_names":["lm_head"],"target_names":["input","weight"],"quant_dtype":"int8","target_settings":{"input":{"quant_dtype":"int4"},"weight":{"quant_dtype":"int8"}}}]',
      '[{"op_names":["lm_head"],"target_names":["_input_","weight"],"quant_dtype":"int8","target_settings":{"_input_":{"quant_dtype":"int4"},"weight":{"quant_dtype":"int8"}}}]'],
    ['a misspelt target', 'blocks', 'pruning', '[{"op_names":["lm_head"],"target_names":["wieght"],"sparse_ratio":0.5}]', '[{"op_names":["lm_head"],"target_names":["weight"],"sparse_ratio":0.5}]'],
    ['per_channel on weights', 'detector', 'quantization', '[{"op_types":["Conv2d"],"target_names":["weight"],"quant_dtype":"int8","granularity":"per_channel"}]',
      '[{"op_types":["Conv2d"],"target_names":["weight"],"quant_dtype":"int8","granularity":"out_channel"}]'],
    ['per_channel on weights and inputs', 'blocks', 'quantization', '[{"op_names":["lm_head"],"target_names":["_input_","weight"],"quant_dtype":"int8","granularity":"per_channel"}]',
      '[{"op_names":["lm_head"],"target_names":["_input_","weight"],"quant_dtype":"int8","granularity":"per_channel","target_settings":{"weight":{"quant_dtype":"int8","granularity":"out_channel"}}}]'],
    ['channel of weights', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"granularity":"channel"}]',
      '[{"op_types":["Linear"],"sparse_ratio":0.5,"granularity":"out_channel"}]'],
    ['channel of weights and inputs', 'blocks', 'quantization', '[{"op_names":["lm_head"],"target_names":["weight","_input_"],"quant_dtype":"int8","granularity":"channel"}]',
      '[{"op_names":["lm_head"],"target_names":["weight","_input_"],"quant_dtype":"int8","granularity":"out_channel","target_settings":{"_input_":{"quant_dtype":"int8","granularity":"per_channel"}}}]'],
    ['channel of all targets', 'detector', 'quantization', '[{"op_names":["model.1.m.0"],"quant_dtype":"int8","granularity":"channel"}]',
      '[{"op_names":["model.1.m.0"],"quant_dtype":"int8","granularity":"out_channel","target_settings":{"_input_":{"quant_dtype":"int8","granularity":"per_channel"},"_output_":{"quant_dtype":"int8","granularity":"per_channel"}}}]'],
    ['channel of one target', 'blocks', 'quantization',
      '[{"op_names":["lm_head"],"target_names":["_input_"],"quant_dtype":"int8","target_settings":{"_input_":{"quant_dtype":"int8","granularity":"channel"}}}]',
      '[{"op_names":["lm_head"],"target_names":["_input_"],"quant_dtype":"int8","target_settings":{"_input_":{"quant_dtype":"int8","granularity":"per_channel"}}}]'],
    ['50 for 0.5', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":50}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['50.0 for 0.5', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":50.0}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['percent', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":"50%","max_sparse_ratio":90}]', '[{"op_types":["Linear"],"sparse_ratio":0.5,"max_sparse_ratio":0.9}]'],
    ['text for a number', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":"0.5","internal_metric_block":"2"}]', '[{"op_types":["Linear"],"sparse_ratio":0.5,"internal_metric_block":2}]'],
    ['a number of bits', 'detector', 'quantization', '[{"op_types":["BatchNorm2d"],"quant_dtype":8}]', '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8"}]'],
    ['a float of two targets', 'detector', 'quantization', '[{"op_names":["model.1.m.0"],"quant_dtype":"fp8","target_names":["weight","_input_"]}]',
      '[{"op_names":["model.1.m.0"],"quant_dtype":"int8","target_names":["weight","_input_"]}]'],
    ['a float of one target', 'detector', 'quantization',
      '[{"op_names":["model.1.m.0"],"quant_dtype":"int8","target_names":["weight","_output_"],"target_settings":{"_output_":{"quant_dtype":"bfloat16"}}}]',
      '[{"op_names":["model.1.m.0"],"quant_dtype":"int8","target_names":["weight","_output_"],"target_settings":{"_output_":{"quant_dtype":"int8"}}}]'],
    ['a type of torch', 'detector', 'quantization', '[{"op_types":["BatchNorm2d"],"quant_dtype":"torch.quint8"}]', '[{"op_types":["BatchNorm2d"],"quant_dtype":"uint8"}]'],
    ['None', 'blocks', 'pruning', '[{"op_types":["Linear"],"op_names":null,"op_names_re":null,"sparse_ratio":0.5,"granularity":null}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['None beside a ratio', 'blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"sparse_threshold":null,"max_sparse_ratio":null}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['no module_name', 'blocks', 'pruning', '[{"op_names":["h.0.attn.qkv"],"target_settings":{"weight":{"sparse_ratio":0.5},"bias":{"align":{"target_name":"weight","dims":[0]}}}}]',
      '[{"op_names":["h.0.attn.qkv"],"target_settings":{"weight":{"sparse_ratio":0.5},"bias":{"align":{"target_name":"weight","dims":[0],"module_name":null}}}}]'],
    ['another word for a key', 'blocks', 'pruning', '[{"op_names":["lm_head"],"sparsity_ratio":"0,5"}]', '[{"op_names":["lm_head"],"sparse_ratio":0.5}]'],
    ['bits of all targets', 'detector', 'quantization', '[{"op_types":["BatchNorm2d"],"quant_bits":4}]', '[{"op_types":["BatchNorm2d"],"quant_dtype":"int4"}]'],
    ['a scheme of torch', 'detector', 'quantization', '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8","quant_scheme":"per_tensor_affine"}]',
      '[{"op_types":["BatchNorm2d"],"quant_dtype":"int8","quant_scheme":"affine"}]'],
    ['a weight to distil', 'blocks', 'distillation', '[{"op_names":["lm_head"],"target_names":["weight"],"lambda":1.0}]',
      '[{"op_names":["lm_head"],"target_names":["_output_"],"lambda":1.0}]'],
    ['a number inside a pattern', 'blocks', 'pruning', String.raw`[{"op_names_re":[".*\\.1.*qkv"],"sparse_ratio":0.5}]`, String.raw`[{"op_names_re":[".*\\.1\\..*qkv"],"sparse_ratio":0.5}]`],
    ['a short key', 'blocks', 'pruning', '[{"types":["Linear"],"ratio":1}]', '[{"op_types":["Linear"],"sparse_ratio":1.0}]'],
  ])('%s', (_, model, mode, text, expected) => {
    const list = parseList(text);
    const repaired = repairList(list, mode, { findingsOf: findingsOf(model, mode), tryList: findingsOf(model, mode) }).list;
    expect(writeCompactJson(repaired)).toBe(writeCompactJson(parseList(expected)));
    expect(findingsOf(model, mode)(repaired).filter(({ severity }) => severity === 'refused')).toEqual([]);
  });

  it('F12a: one cause is one finding with all its places', () => {
    const codes = (model: keyof typeof resolvers, mode: Mode, text: string) =>
      findingsOf(model, mode)(parseList(text))
        .filter(({ severity }) => severity === 'refused')
        .map(({ code, where: { path, also = [] } }) => [code, [path, ...also].map((place) => place.join('.'))]);
    expect(codes('blocks', 'pruning', '[{"op_names":["qkv","out"],"sparse_ratio":0.5}]')).toEqual([['unknown-module', ['op_names.1', 'op_names.0']]]);
    expect(codes('detector', 'quantization', '[{"op_types":["Conv2d"],"quant_dtype":"float16"}]')).toEqual([['bad-quant-dtype', ['quant_dtype']]]);
    expect(codes('detector', 'quantization', '[{"op_types":["Conv2d","BatchNorm2d"],"target_names":["weight"],"quant_dtype":"int8","granularity":"per_channel"}]'))
      .toEqual([['granularity-kind', ['granularity']]]);
    const all = findingsOf('blocks', 'pruning')(parseList('[{"op_types":["Linear"],"sparse_ratio":50}]'));
    expect(all.map(({ code }) => code)).toEqual(['wrong-value']);
    expect(codes('blocks', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"sparse_threshold":null,"max_sparse_ratio":null}]'))
      .toEqual([['exclusive-keys', ['sparse_threshold', 'max_sparse_ratio']]]);
    expect(codes('blocks', 'pruning', '[{"op_types":["Linear"],"op_names":null,"granularity":null}]')).toEqual([['wrong-value', ['op_names', 'granularity']]]);
    expect(codes('detector', 'quantization', '[{"op_types":["Conv2d"],"quant_dtype":"int8"},{"op_types":["BatchNorm2d"],"quant_types":["weight"],"quant_bits":8}]'))
      .toEqual([['missing-key', ['quant_dtype', 'quant_types', 'quant_bits']]]);
  });

  it('F12b: at each place of one cause stand the words of that place', () => {
    const [finding] = findingsOf('blocks', 'pruning')(
      parseList('[{"op_types":["Linear"],"sparse_ratio":0.5,"max_sparse_ratio":null,"min_sparse_ratio":null}]'),
    );
    const titles = [finding!.where.path, ...(finding!.where.also ?? [])].map((path) => wordFindingAt(finding!, path, asResolved).title);
    expect(titles).toEqual([
      'max_sparse_ratio must be a number above 0, up to 1, not None.',
      'min_sparse_ratio must be a number from 0, below 1, not None.',
    ]);
  });

  it('F10b: a sub-config of another mode is moved there, and its keys are not removed', () => {
    const [finding] = findingsOf('blocks', 'pruning')(parseList('[{"op_types":["Linear"],"quant_dtype":"int8"}]'));
    expect(finding?.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Move #1 to the quantization list']);
    expect(finding?.fixes[0]?.action).toEqual({ type: 'move-to-mode', subConfig: 0, mode: 'quantization' });
  });

  it('F9a: channel of weights and inputs is one fix, with the word of each kind', () => {
    const list = parseList('[{"op_names":["lm_head"],"target_names":["weight","_input_"],"quant_dtype":"int8","granularity":"channel"}]');
    const [finding] = findingsOf('blocks', 'quantization')(list);
    expect(finding?.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Write "out_channel", and "per_channel" for _input_', 'Remove granularity']);
  });

  it.each([
    [String.raw`.*\.1.*qkv`, String.raw`.*\.1\..*qkv`],
    [String.raw`h\.1.*`, String.raw`h\.1(?!\d).*`],
    [String.raw`.*1\.attn`, String.raw`.*\.1\.attn`],
    [String.raw`h.1`, String.raw`h\.1(?:\.|$)`],
  ])('S2, F3b: a number that is cut inside a pattern: %s', (pattern, better) => {
    const list = parseList(JSON.stringify([{ op_names_re: [pattern], op_types: ['Linear'], sparse_ratio: 0.5 }]));
    const cut = findingsOf('blocks', 'pruning')(list).find(({ code }) => code === 'cut-number');
    expect(cut?.fixes[0]?.action).toMatchObject({ edits: [{ value: better }] });
  });
});
