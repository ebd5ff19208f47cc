import type { TreeNote } from '../../module-tree/tree-note.ts';
import { asRecord, ownField } from '../literals/record.ts';

/** The facts of a configuration file about the model of the weights next to it. */
export interface ModelConfig {
  /** The class of the root. */
  readonly architecture: string | null;
  /** The origin of the model, or its name. */
  readonly model: string | null;
  /** A note about weights that are no whole model. */
  readonly note: TreeNote | null;
}

/**
 * Reads `config.json` as transformers, diffusers and timm write it, and `adapter_config.json` of peft (rule T17). Null for
 * any other text.
 */
export function readModelConfig(text: string): ModelConfig | null {
  const config = parse(text);
  if (config === null) return null;
  const architectures = ownField(config, 'architectures');
  const first: unknown = Array.isArray(architectures) ? architectures[0] : undefined;
  if (Object.hasOwn(config, 'architectures') || Object.hasOwn(config, 'model_type')) {
    return { architecture: textOf(first), model: textOf(ownField(config, '_name_or_path')), note: null };
  }
  if (Object.hasOwn(config, '_diffusers_version')) {
    return { architecture: textOf(ownField(config, '_class_name')), model: textOf(ownField(config, '_name_or_path')), note: null };
  }
  if (Object.hasOwn(config, 'pretrained_cfg')) {
    return { architecture: null, model: textOf(ownField(config, 'architecture')), note: null };
  }
  const adapter = textOf(ownField(config, 'peft_type'));
  if (adapter === null) return null;
  const base = textOf(ownField(config, 'base_model_name_or_path'));
  return { architecture: null, model: null, note: { type: 'adapter', kind: adapter, base } };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}
