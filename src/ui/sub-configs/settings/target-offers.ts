import type { Mode } from '../../../core/config/mode.ts';
import { usualTargets } from '../../../core/config/setting-keys.ts';
import { inputPrefix, outputPrefix, type FindTemplate } from '../../../core/config/setting-templates.ts';
import type { TensorInfo } from '../../../core/module-tree/module-tree.ts';
import { formatShape } from '../../shared/format.ts';
import { typesOf, type SelectedSpec } from '../../../core/offers/selected-specs.ts';

/** A target that the selected modules have, with a word about its kind. */
export interface TargetOffer {
  readonly name: string;
  readonly note: string;
  /** The template of a selected type has it, so that NNI sets it without more (rule C2). */
  readonly inTemplate: boolean;
}

/**
 * Targets to choose from: the targets of the templates, then the parameters of the modules, then single inputs and
 * outputs by number and by argument, where all of them have a setting, in a template or in `own`: the targets of
 * target_settings (rules C2, C4, C6). With nothing selected: the usual targets of modules.
 */
export function offerTargets(
  mode: Mode,
  specs: readonly SelectedSpec[],
  findTemplate: FindTemplate,
  own: readonly string[] = [],
): readonly TargetOffer[] {
  const templates = typesOf(specs).flatMap((type) => findTemplate(type) ?? []);
  const ofTemplates = new Set(templates.flatMap((template) => template.entries.map(([target]) => target)));
  if (ofTemplates.size === 0) {
    return usualTargets(mode).map(({ name, meaning }) => ({ name, note: meaning, inTemplate: false }));
  }
  const tensors = new Map<string, TensorInfo>();
  const inputs = new Map<string, string>([[`${inputPrefix}0`, 'the first input']]);
  for (const { spec } of specs) {
    for (const tensor of spec.parameters ?? []) if (!tensors.has(tensor.name)) tensors.set(tensor.name, tensor);
    spec.forward?.args.forEach((name, at) => {
      inputs.set(`${inputPrefix}${at}`, `argument ${name}`);
      inputs.set(`${inputPrefix}${name}`, `argument ${at}`);
    });
    for (const name of spec.forward?.kwonly ?? []) inputs.set(`${inputPrefix}${name}`, 'an argument by name');
  }
  const offers = new Map<string, TargetOffer>();
  const add = (name: string, note: string, inTemplate: boolean): void => {
    if (!offers.has(name)) offers.set(name, { name, note, inTemplate });
  };
  for (const name of ofTemplates) add(name, noteOf(name, tensors), true);
  if (mode !== 'distillation') for (const name of tensors.keys()) add(name, noteOf(name, tensors), false);
  const hasAll = (prefix: string): boolean => ofTemplates.has(prefix) || own.includes(prefix);
  if (hasAll(inputPrefix)) for (const [name, note] of inputs) add(name, note, false);
  if (hasAll(outputPrefix)) {
    add(`${outputPrefix}0`, 'the output, or the first of several', false);
    add(`${outputPrefix}1`, 'the second of several; a key for a dict', false);
  }
  for (const { name, meaning } of usualTargets(mode)) add(name, asNote(meaning), false);
  return [...offers.values()];
}

/** A sentence as a note: `The output.` → `the output`. */
function asNote(sentence: string): string {
  return sentence[0]!.toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function noteOf(name: string, tensors: ReadonlyMap<string, TensorInfo>): string {
  if (name === inputPrefix) return 'the first input';
  if (name === outputPrefix) return 'the output';
  const tensor = tensors.get(name);
  if (!tensor) return 'of the template';
  if (tensor.isNone) return 'None in the model';
  return tensor.shape ? formatShape(tensor.shape) : 'parameter';
}
