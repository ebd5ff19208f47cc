import type { SampleId } from '../core/plan/sample-ids.ts';
import type { Sample } from '../store/app-context.ts';

function sample(id: SampleId, title: string, modules: number, description: string): Sample {
  return { id, title, modules, description };
}

/** Models that come with the app, from the smallest to the largest of each kind. */
export const samples: readonly Sample[] = [
  sample('resnet18', 'ResNet-18', 68, 'Convolutions with skip connections'),
  sample('bert_base', 'BERT base', 231, 'Encoder for text'),
  sample('llama3_8b', 'Llama 3 8B', 423, 'Decoder for text'),
  sample('deepseek_v3', 'DeepSeek-V3', 75_396, 'Mixture of 256 experts a layer'),
  sample('spec_mlp', 'Small MLP', 6, 'The three Linear layers of the specification'),
  sample('mobilenet_v3_small', 'MobileNetV3 small', 209, 'Depthwise convolutions'),
  sample('vit_b_16', 'ViT-B/16', 152, 'Vision transformer'),
  sample('clip_vit_b32', 'CLIP ViT-B/32', 306, 'Text and vision together'),
  sample('gpt2', 'GPT-2', 164, 'Conv1D layers that NNI does not know'),
  sample('mixtral_8x7b', 'Mixtral 8×7B', 391, 'Mixture of 8 experts a layer'),
  sample('conv_bn_relu', 'Conv-BN-ReLU', 7, 'Layers that NNI fuses'),
  sample('oddities', 'Oddities', 19, 'Shared modules, tied weights, odd names'),
];
