import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';

/** One line of the module-tree format without its name. */
type Described = Readonly<Record<string, unknown>>;

function linear(outputs: number, inputs: number): Described {
  return {
    type: 'Linear',
    class: 'torch.nn.modules.linear.Linear',
    parameters: { weight: { shape: [outputs, inputs], dtype: 'float32' }, bias: null },
    forward: { args: ['input'] },
    extra_repr: `in_features=${inputs}, out_features=${outputs}, bias=False`,
  };
}

function norm(width: number): Described {
  return {
    type: 'RMSNorm',
    class: 'generated.RMSNorm',
    parameters: { weight: { shape: [width], dtype: 'float32' } },
    forward: { args: ['hidden_states'] },
  };
}

function block(type: string, args: readonly string[] = ['hidden_states']): Described {
  return { type, class: `generated.${type}`, forward: { args } };
}

const list: Described = {
  type: 'ModuleList',
  class: 'torch.nn.modules.container.ModuleList',
  forward: { args: [], varargs: 'input' },
};
const activation: Described = {
  type: 'SiLU',
  class: 'torch.nn.modules.activation.SiLU',
  forward: { args: ['input'] },
};

/**
 * A mixture-of-experts language model in the module-tree format: `layers` × (`experts` × 5 + 17) + 6 modules,
 * so that 61 × 384 gives 118,163 of them and some 25 MB. `uneven`: no expert is like the one next to it, so that none
 * of them can be shown as one.
 */
export function generateMoeText(layers: number, experts: number, uneven = false): string {
  const width = 7168;
  const lines: string[] = [];
  const add = (name: string, described: Described): void => {
    lines.push(JSON.stringify({ name, ...described }));
  };
  const addMlp = (name: string, inner: number): void => {
    add(name, block('MLP', ['x']));
    add(`${name}.gate_proj`, linear(inner, width));
    add(`${name}.up_proj`, linear(inner, width));
    add(`${name}.down_proj`, linear(width, inner));
    add(`${name}.act_fn`, activation);
  };
  add('', block('MoEForCausalLM', ['input_ids', 'attention_mask', 'labels']));
  add('model', block('Model', ['input_ids', 'attention_mask']));
  add('model.embed_tokens', {
    type: 'Embedding',
    class: 'torch.nn.modules.sparse.Embedding',
    parameters: { weight: { shape: [129280, width], dtype: 'float32' } },
    forward: { args: ['input'] },
    extra_repr: `129280, ${width}`,
  });
  add('model.layers', list);
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`;
    add(at, block('DecoderLayer', ['hidden_states', 'attention_mask']));
    add(`${at}.self_attn`, block('Attention', ['hidden_states', 'attention_mask', 'position_ids']));
    add(`${at}.self_attn.q_proj`, linear(24576, width));
    add(`${at}.self_attn.kv_proj`, linear(576, width));
    add(`${at}.self_attn.o_proj`, linear(width, 16384));
    add(`${at}.mlp`, block('SparseMoe'));
    add(`${at}.mlp.gate`, linear(experts, width));
    add(`${at}.mlp.experts`, list);
    for (let expert = 0; expert < experts; expert++) addMlp(`${at}.mlp.experts.${expert}`, 2048 + (uneven ? (layer * 7 + expert * 13) % 97 : 0));
    addMlp(`${at}.mlp.shared_experts`, 2048);
    add(`${at}.input_layernorm`, norm(width));
    add(`${at}.post_attention_layernorm`, norm(width));
    add(
      `${at}.dropout`,
      { type: 'Dropout', class: 'torch.nn.modules.dropout.Dropout', extra_repr: 'p=0.0, inplace=False' },
    );
    add(`${at}.residual`, { type: 'Identity', class: 'torch.nn.modules.linear.Identity' });
  }
  add('model.norm', norm(width));
  add('lm_head', linear(129280, width));
  const header =
    `{"format":"module-tree","version":1,"model":"moe_${layers}x${experts}","source":"generated","modules":[`;
  return `${header}\n${lines.join(',\n')}]}\n`;
}

/** The same model as a tree. */
export function generateMoeTree(layers: number, experts: number): ModuleTree {
  const read = readTree({ name: 'moe.json', bytes: new TextEncoder().encode(generateMoeText(layers, experts)) });
  if (!read.ok) throw new Error(`the generated tree is not read: ${JSON.stringify(read.error)}`);
  return read.value;
}
