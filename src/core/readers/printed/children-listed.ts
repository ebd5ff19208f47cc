import { isGap, isPromptOrRuler } from '../lines/line-kinds.ts';
import { isWholeModule, parsePrintedModels, type PrintedModel } from './print-lines.ts';
import type { LineMark } from './print-block.ts';
import { isLayer } from './torch-layers.ts';
import { emptyModule, moduleOf, type PrintedModule } from './printed-module.ts';

/** A name before a printed module, and the text between the two. */
const named = /^(\(?['"]?)([\w-]+)(['"]?(?:\s*(?::|->|,|\|)\s*|\s+))$/;
const namedWhole = /^(\(?['"]?)([\w-]+)(['"]?(?:\s*(?::|->|,|\|)\s*|\s+))([\p{L}_][\p{L}\p{N}_.]*\(.*\))\)?,?$/u;
/** Labels that people write before a model, and names of other objects that they print. They are no children of the model. */
const labels = /^(?:model|net|network|module|criterion|loss|loss_fn|optimizer|scheduler|lr_scheduler|student|teacher|generator|discriminator|args|config|cfg|device|info|warning|debug|error)$/i;
const longestLine = 2000;

/**
 * The model whose children a loop over `named_children()` printed one after the other, each behind its name (rule T7e). Its
 * root is not in the text. Null where the models of the text are not such children: of these one has no children of its
 * own, and no two have one name.
 */
export function childrenListed(lines: readonly string[], models: readonly PrintedModel[]): PrintedModel | null {
  if (models.length === 0 || models.some(({ isFragment }) => isFragment)) return null;
  const children: PrintedModule[] = [];
  const marks: LineMark[] = [];
  const names = new Set<string>();
  let others = 0;
  let leaves = 0;
  let last = 0;
  let first = -1;
  const add = (name: string, module: PrintedModule, from: number, to: number): void => {
    names.add(name);
    children.push({ ...module, key: name });
    if (first < 0) first = from;
    last = to;
  };
  /** A label is a name where the other lines of the same form all show layers of torch: `model LlamaModel(…)`, `lm_head Linear(…)`. */
  const isAmongLayers = (lead: string, sign: string): boolean => {
    if (models.length !== 1) return false;
    const others = lines.flatMap((line) => {
      const [, ownLead, name, ownSign, text] = line.length > longestLine ? [] : (namedWhole.exec(line.trim()) ?? []);
      return ownLead === lead && ownSign === sign && !labels.test(name!) ? [text!.slice(0, text!.indexOf('('))] : [];
    });
    return others.length > 0 && others.every((type) => isLayer(type));
  };
  const starts = new Map(models.map((model) => [model.firstLine - 1, model]));
  for (let at = 0; at < lines.length; at++) {
    const model = starts.get(at);
    if (model !== undefined) {
      const [, lead = '', name, sign = ''] = named.exec(model.before) ?? [];
      if (name === undefined || (labels.test(name) && !isAmongLayers(lead, sign))) return null;
      add(name, model.root, at, model.lastLine);
      marks.push(...model.marks);
      at = model.lastLine - 1;
      continue;
    }
    const content = lines[at]!.trim();
    if (content === '' || isPromptOrRuler(content)) continue;
    if (isGap(content)) {
      marks.push({ line: at, use: 'gap' });
      continue;
    }
    const [, , name, , text] = content.length > longestLine ? [] : (namedWhole.exec(content) ?? []);
    if (name === undefined || labels.test(name) || !isWholeModule(text!)) {
      others++;
      continue;
    }
    add(name, moduleOf(name, text!, at + 1), at, at + 1);
    marks.push({ line: at, use: 'understood' });
    leaves++;
  }
  if (leaves === 0 || names.size !== children.length || others > children.length) return null;
  const root = { ...emptyModule('', null, null, first + 1), children };
  return { root, firstLine: first + 1, lastLine: last, marks, isFragment: false, before: '' };
}

/** The model whose children are given by name as Python prints each; null where one of them is no printed module. */
export function rootOfChildren(items: readonly { readonly name: string; readonly value: unknown }[]): PrintedModule | null {
  const children: PrintedModule[] = [];
  for (const { name, value } of items) {
    if (typeof value !== 'string' || name === '' || name.includes('.')) return null;
    const lines = value.split(/\r\n|\n|\r/);
    if (lines.length === 1 && isWholeModule(value)) {
      children.push(moduleOf(name, value, 1));
      continue;
    }
    const [model] = parsePrintedModels(lines).models;
    if (model === undefined || model.isFragment || model.firstLine !== 1 || model.lastLine !== lines.length) return null;
    children.push({ ...model.root, key: name });
  }
  return children.some((child) => child.children.length > 0) ? { ...emptyModule('', null, null, 1), children } : null;
}
