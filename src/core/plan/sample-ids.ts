/** The models that come with Espalier. A plan names one of them by its id; the id becomes part of an address. */
export const sampleIds = [
  'resnet18',
  'bert_base',
  'llama3_8b',
  'deepseek_v3',
  'spec_mlp',
  'mobilenet_v3_small',
  'vit_b_16',
  'clip_vit_b32',
  'gpt2',
  'mixtral_8x7b',
  'conv_bn_relu',
  'oddities',
] as const;

export type SampleId = (typeof sampleIds)[number];

/** Whether a value from outside is the id of a sample. */
export function isSampleId(value: unknown): value is SampleId {
  return sampleIds.some((id) => id === value);
}
