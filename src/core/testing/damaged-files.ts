import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { checkpointFile, onnxFile, pickle, safetensorsFile, utf8 } from './binary-files.ts';

/** Cuts, overwrites, repeats or joins parts of good files. */
export function damage(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const part = fc.tuple(
    fc.constantFrom(...seeds),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const cut = part.map(([seed, from, to]) =>
    seed.slice(Math.floor(Math.min(from, to) * seed.length * 0.2), Math.ceil(Math.max(from, to) * seed.length)),
  );
  const overwritten = fc
    .tuple(
      part,
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
        { minLength: 1, maxLength: 6 },
      ),
    )
    .map(([[seed], changes]) => {
      const bytes = seed.slice();
      for (const [where, value] of changes) bytes[Math.floor(where * (bytes.length - 1))] = value;
      return bytes;
    });
  const joined = fc.tuple(cut, cut).map(([left, right]) => Uint8Array.from([...left, ...right]));
  return fc.oneof(cut, overwritten, joined);
}

const folder = new URL('../readers/samples/', import.meta.url);
const printedSamples = readdirSync(folder)
  .filter((name) => name.endsWith('.txt.gz') && !name.startsWith('deepseek'))
  .map((name) => new Uint8Array(gunzipSync(readFileSync(new URL(name, folder)))));
const treeSamples = ['spec_mlp', 'oddities', 'conv_bn_relu'].map(
  (name) => new Uint8Array(
    gunzipSync(readFileSync(new URL(`../../../public/samples/${name}.json.gz`, import.meta.url))),
  ),
);
/** The pickle of a checkpoint with one tensor and one module. */
export const weightsPickle = pickle.dict({
  'a.weight': pickle.tensor('0', [2, 3]),
  b: pickle.instance('x.y', 'Z', { _modules: pickle.dict({}) }),
});
/** Good files of models, by their kind. */
export const seedTrees: Readonly<Record<string, readonly Uint8Array[]>> = {
  'module trees': treeSamples,
  'printed models': printedSamples.map((bytes) => bytes.slice(0, 6000)),
  dumps: [
    utf8('{"":"Net","a":"Linear","a.b":"ReLU"}'), utf8("[('', 'Net'), ('a', 'Linear')]"), utf8(
      'a.weight torch.Size([2, 3])\na.bias torch.Size([2])\n',
    ),
    utf8('["a.weight","a.bias"]'), utf8('{"weight_map":{"a.weight":"x.safetensors"}}'),
  ],
  safetensors: [safetensorsFile({ 'a.weight': { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 8)],
  checkpoints: [
    checkpointFile(weightsPickle),
    new Uint8Array(gunzipSync(readFileSync(new URL('real/layers.legacy.pth.gz', folder)))).slice(0, 9000),
  ],
  pickles: [pickle.file(weightsPickle)],
  ONNX: [onnxFile([{ name: 'a.weight', dims: [2, 3], type: 1 }, { name: 'b.bias', dims: [4], type: 10 }])],
  gzip: [new Uint8Array(readFileSync(new URL('../../../public/samples/spec_mlp.json.gz', import.meta.url)))],
};

const oneLine =
  '[{"op_types": ["Conv2d", "Linear"], "op_names_re": ["conv[0-9]+", "(?P<x>a)"], "target_names": ["weight"], "sparse_ratio": 0.5, ' +
  '"target_settings": {"weight": {"granularity": [1, -1], "global_group_id": "all"}}}, {"op_names": ["a.b"], "exclude_op_names": ["c"]}]';

/** Good config lists, by how they are written. */
export const seedLists: Readonly<Record<string, readonly Uint8Array[]>> = {
  'JSON on one line': [utf8(oneLine), utf8('[{"op_types": ["default"], "sparsity": 0.8, "op_partial_names": ["x"]}]')],
  'JSON on several lines': [utf8(oneLine.replaceAll(/([[{,])/g, '$1\n  '))],
  'Python source': [
    utf8(
      'import torch\nratio = 0.5  # half\nnames = [f"conv{i}" for i in range(1, 3)]\n' +
        "config_list = [{'op_types': ['Conv2d'], 'op_names': names, 'sparse_ratio': ratio}, dict(op_names=('fc',), exclude=True)]\n" +
        'if ratio > 0.4:\n    config_list.append({"op_names_re": [r"bn\\d+"], "sparse_ratio": ratio / 2})\n',
    ),
  ],
  YAML: [utf8('- op_types: [Conv2d, Linear]\n  sparse_ratio: 0.5\n- op_names:\n    - fc\n  target_names: &t [weight]\n  quant_dtype: int8\n')],
  'a plan': [utf8(`{"format":"compression-plan","version":1,"name":"p","python":"3.11","lists":{"pruning":[{"id":"a","config":${oneLine.slice(1, oneLine.indexOf('}}}') + 3)}}]},"templates":[],"assertions":[{"mode":"pruning","demand":{"type":"never-selects","pattern":"fc"}}],"tree":{"name":"n","module_count":3,"digest":"d","sample":"oddities"}}`)],
};
