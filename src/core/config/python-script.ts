import type { SettingTemplate } from './setting-templates.ts';
import { modes, type Mode } from './mode.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { writePythonList, writePythonValue } from './python-writer.ts';
import { settingClassNames } from './setting-templates.ts';
import type { ConfigObject } from './value.ts';

/** What a script is made from. */
export interface ScriptParts {
  /** Name of the model, for the heading. */
  readonly model: string;
  /** The lists as NNI gets them; empty ones are left out. */
  readonly lists: Readonly<Record<Mode, readonly ConfigObject[]>>;
  readonly templates: readonly SettingTemplate[];
}

/** How one mode is run with NNI 3.0. */
interface ModeCall {
  readonly module: string;
  readonly compressor: string;
  readonly body: readonly string[];
}

const listNames: Readonly<Record<Mode, string>> = {
  pruning: 'pruning_config_list',
  quantization: 'quantization_config_list',
  distillation: 'distillation_config_list',
};

const calls: Readonly<Record<Mode, ModeCall>> = {
  pruning: {
    module: 'nni.compression.pruning',
    compressor: 'L1NormPruner',
    body: [
      'def prune(model):',
      '    """Masks the model in place; gives the masks by module and target."""',
      '    pruner = L1NormPruner(model, pruning_config_list)',
      '    _, masks = pruner.compress()',
      '    pruner.unwrap_model()',
      '    return masks',
    ],
  },
  quantization: {
    module: 'nni.compression.quantization',
    compressor: 'QATQuantizer',
    body: [
      'def quantize(model, evaluator, max_steps=None, max_epochs=1):',
      '    """Trains the model with simulated quantization; gives the scales and zero points."""',
      '    quantizer = QATQuantizer(model, quantization_config_list, evaluator)',
      '    _, calibration_config = quantizer.compress(max_steps, max_epochs)',
      '    return calibration_config',
    ],
  },
  distillation: {
    module: 'nni.compression.distillation',
    compressor: 'DynamicLayerwiseDistiller',
    body: [
      'def distill(model, teacher_model, teacher_predict, evaluator, max_steps=None, max_epochs=1):',
      '    """Trains the model on what the teacher gives; teacher_predict takes a batch and the teacher."""',
      '    distiller = DynamicLayerwiseDistiller(',
      '        model, distillation_config_list, evaluator, teacher_model, teacher_predict)',
      '    distiller.compress(max_steps, max_epochs)',
      '    distiller.unwrap_model()',
      '    distiller.unwrap_teacher_model()',
    ],
  },
};

/**
 * A script that registers the templates (rule C1), holds the lists of all modes as NNI 3.0 takes them (rules E1,
 * E2), and has for each mode in use a function that runs it. The script itself runs nothing: model and training
 * are the user's, handed in as model and evaluator.
 */
export function writePythonScript({ model, lists, templates }: ScriptParts): string {
  const used = modes.filter((mode) => lists[mode].length > 0);
  const imports = [
    ...(templates.length > 0 ? [settingImport(templates)] : []),
    ...used
      .map((mode) => `from ${calls[mode].module} import ${calls[mode].compressor}`)
      .toSorted(),
  ];
  const sections = [
    [pythonComment(`Compression of ${model === '' ? 'a model' : model} with NNI 3.0, made with Espalier.`)],
    imports,
    ...templates.map((template) => [registerLine(template)]),
    ...used.map((mode) => [writePythonList(lists[mode], listNames[mode]).trimEnd()]),
  ];
  const head = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  const functions = used.map((mode) => calls[mode].body.join('\n'));
  return `${[head.join('\n\n'), ...functions].join('\n\n\n')}\n`;
}

/** The lines that make templates known to NNI before a list is used (rule C1); none without templates. */
export function registerLines(templates: readonly SettingTemplate[]): readonly string[] {
  return templates.length === 0 ? [] : [settingImport(templates), '', ...templates.map(registerLine)];
}

function settingImport(templates: readonly SettingTemplate[]): string {
  const registered = modes.filter((mode) => templates.some((template) => template.mode === mode));
  return `from nni.compression.base.setting import ${registered.map((mode) => settingClassNames[mode]).join(', ')}`;
}

/** The line that makes a template known to NNI (rule C1). */
function registerLine({ mode, moduleType, setting }: SettingTemplate): string {
  return `${settingClassNames[mode]}.register(${pythonStringRepr(moduleType)}, ${writePythonValue(setting)})`;
}

/** A name may hold anything; a line feed would end the comment. */
function pythonComment(text: string): string {
  return `# ${text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ')}`;
}
