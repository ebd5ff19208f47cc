import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { createLineFinder } from '../lines/line-finder.ts';
import { isGap } from '../lines/line-kinds.ts';
import { readingNotes } from '../lines/reading-notes.ts';
import type { TextSource } from '../lines/text-source.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { NamedTensor } from '../weights/named-tensor.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';

/** Number formats as torch.export abbreviates them. */
const formats: Readonly<Record<string, string>> = {
  f64: 'float64', f32: 'float32', f16: 'float16', bf16: 'bfloat16', f8e4m3fn: 'float8_e4m3fn', f8e5m2: 'float8_e5m2', c64: 'complex64',
  c128: 'complex128', i64: 'int64', i32: 'int32', i16: 'int16', i8: 'int8', u8: 'uint8', b8: 'bool',
};
/** Of a program of torch.export: `p_fc_weight: PARAMETER target='fc.weight'`, and the same in older versions. */
const target = /\b(\w+): (?:PARAMETER|BUFFER) target='([^']+)'|kind=<InputKind\.(?:PARAMETER|BUFFER): \d+>, arg=TensorArgument\(name='(\w+)'\), target='([^']+)'/g;
const placeholder = /\b(\w+): "?(\w+)\[([\d, ]*)\]/g;
/** Of a graph: `%conv1 : [num_users=1] = call_module[target=conv1](args = …`. */
const node = /%\w+ : (?:\[[^\]]*\] )?=? ?(call_module|get_attr)\[target=([^\]]+)\]/g;
/** The end of a line of generated code that frees values it no longer needs. */
const generated = /;\s+\w+(?: = \w+)* = None\s*$/m;
const access = /=\s*((?:getattr\()*self\b[^\s;=(,]*(?:, "[^"]+"\)[^\s;=(,]*)*)(\(?)/g;

/**
 * Reads the texts of graphs: a program of torch.export with its signature, a graph of torch.fx, and the code that torch.fx
 * generates (rules T6, T28). Null for other texts, such as code that people write.
 */
export function readGraphText(source: TextSource): Result<ModuleTree, ReadError> | null {
  const { text } = source;
  const understood: number[] = [];
  const tensors: NamedTensor[] = [];
  const modules = new Set<string>();
  let note: TreeNote = { type: 'table-of-called-modules' };
  const targets = [...text.matchAll(target)];
  if (targets.length > 0) {
    note = { type: 'exported-program' };
    const shapes = new Map<string, { readonly shape: readonly number[]; readonly dtype: string | null }>();
    for (const [, name, format, sizes] of text.matchAll(placeholder)) {
      if (Object.hasOwn(formats, format!)) shapes.set(name!, { shape: numbersOf(sizes!), dtype: formats[format!]! });
    }
    for (const { 1: name, 2: path, 3: oldName, 4: oldPath, index } of targets) {
      understood.push(index);
      tensors.push({ name: path ?? oldPath!, ...(shapes.get(name ?? oldName!) ?? { shape: null, dtype: null }) });
    }
  } else if (/^\s*graph\(\):/m.test(text)) {
    for (const { 1: kind, 2: path, index } of text.matchAll(node)) {
      understood.push(index);
      if (kind === 'call_module') modules.add(path!);
      else tensors.push({ name: path!, shape: null, dtype: null });
    }
  } else if (/\bdef forward\(self\b/.test(text) && generated.test(text)) {
    for (const { 1: expression, 2: call, index } of text.matchAll(access)) {
      const path = pathOf(expression!);
      if (path === '') continue;
      understood.push(index);
      if (call === '(') modules.add(path);
      else tensors.push({ name: path, shape: null, dtype: null });
    }
  }
  const own = tensors.filter(({ name }, at) => !modules.has(name) && tensors.findIndex((other) => other.name === name) === at);
  if (own.length + modules.size < 2) return null;
  const lines = text.split('\n');
  const account = createLineAccount(lines);
  const lineOf = createLineFinder(text);
  for (const [at, line] of lines.entries()) if (isGap(line.trim())) account.mark(at, 'gap');
  for (const offset of understood) account.mark(lineOf(offset), 'understood');
  account.restIsBeside(0, lines.length);
  const tree = buildTensorTree(own, { model: source.modelName, format: 'state-dict-keys', modules: [...modules] }, source.limits);
  if (!tree.ok) return tree;
  return succeed({ ...tree.value, notes: [...tree.value.notes, note, ...readingNotes(account.report())] });
}

function numbersOf(text: string): readonly number[] {
  return text.split(',').filter((part) => part.trim() !== '').map(Number);
}

/** `getattr(getattr(self.layer1, "0"), "conv1").bn` as `layer1.0.conv1.bn`. */
function pathOf(expression: string): string {
  return expression.replaceAll('getattr(', '').replaceAll(/, "([^"]+)"\)/g, '.$1').replace(/^self\.?/, '');
}
