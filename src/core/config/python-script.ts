import type { SettingTemplate } from './setting-templates.ts';
import { modes, type Mode } from './mode.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { writePythonList, writePythonValue } from './python-writer.ts';
import { settingClassNames } from './setting-templates.ts';
import type { ConfigObject } from './value.ts';

/** The parts of a script to write. */
export interface ScriptParts {
  /** Name of the model, for the heading. */
  readonly model: string;
  /** The lists as NNI gets them; empty ones are left out. */
  readonly lists: Readonly<Record<Mode, readonly ConfigObject[]>>;
  readonly templates: readonly SettingTemplate[];
  /** Lines with the imports of the functions. */
  readonly imports: readonly string[];
  /** Functions that run the lists. */
  readonly functions: readonly string[];
}

/** The name of a mode's list in a script. */
export const listNames: Readonly<Record<Mode, string>> = {
  pruning: 'pruning_config_list',
  quantization: 'quantization_config_list',
  distillation: 'distillation_config_list',
};

/**
 * A script that registers the templates (rule C1), holds the lists of all modes as NNI 3.0 takes them (rules E1,
 * E2), and has functions that run them. The script itself runs nothing: model and training are the user's.
 */
export function writePythonScript({ model, lists, templates, imports: needed, functions }: ScriptParts): string {
  const used = modes.filter((mode) => lists[mode].length > 0);
  const imports = [...(templates.length > 0 ? [settingImport(templates)] : []), ...needed];
  const sections = [
    [pythonComment(`Compression of ${model === '' ? 'a model' : model} with NNI 3.0, made with Espalier.`)],
    imports,
    ...templates.map((template) => [registerLine(template)]),
    ...used.map((mode) => [writePythonList(lists[mode], listNames[mode]).trimEnd()]),
  ];
  const head = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
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
