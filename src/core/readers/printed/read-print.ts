import type { Lack, ModuleSpec, ModuleTree, TensorInfo } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { createTreeBuilder, unknownSpec } from '../../module-tree/tree-builder.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount, type LineAccount } from '../lines/line-account.ts';
import { isGap, isPromptOrRuler, withoutCounts } from '../lines/line-kinds.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';
import { indentOf, isWholeModule, parsePrintedModels, splitPrintedText, type PrintedModel } from './print-lines.ts';
import type { PrintedModule } from './printed-module.ts';
import { childrenListed } from './children-listed.ts';
import { doubtsOf, signsOfLoss } from './print-doubts.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { classOfPrintedName, describeLayer, originalName } from './torch-layers.ts';

/**
 * Reads the text of `print(model)` (rules T7, T8): runs of equal siblings are written out, shapes are worked out
 * from the arguments of layers that are known. Of several printed models the longest is taken, and a note says so.
 */
export function readPrint(source: TextSource): Result<ModuleTree, ReadError> {
  const lines = splitPrintedText(source.text);
  const { models, error } = parsePrintedModels(lines);
  if (error !== null) {
    return readFailure('print-syntax', { line: error.line, reason: error.reason, text: shorten(error.text) });
  }
  const children = childrenListed(lines, models);
  const chosen = children ?? longest(models);
  if (chosen === null) return readFailure('not-recognised', { start: shorten(source.text.trim(), 60) });
  const account = createLineAccount(lines);
  accountFor(account, lines, children === null ? models : [chosen], chosen);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const notes: TreeNote[] = [];
  if (children !== null) notes.push({ type: 'children-listed' });
  const others = children !== null ? [] : models.filter((model) => model === chosen || !isListedAgain(model, chosen));
  if (others.length > 1) {
    notes.push({ type: 'several-prints', count: others.length, firstLine: chosen.firstLine, lastLine: chosen.lastLine });
  }
  const expression = partPrinted(lines, chosen);
  if (expression !== null) notes.push({ type: 'part-printed', expression });
  if (report.gaps.count === 0) notes.push(...doubtsOf(chosen.root));
  notes.push(...signsOfLoss(lines, chosen));
  notes.push(...readingNotes(report));
  return treeOfPrinted(chosen.root, notes, source);
}

const printOfPart = /^(?:>>> ?|\.\.\. ?|In ?\[\d*\]: ?)?(?:print\()?((?:\w*_)?(?:model|net|network)(?:\.[A-Za-z_]\w*|\[(?:-?\d+|'[^']+'|"[^"]+")\])+)\)?$/i;
const longestTyped = 200;

/** The expression that was typed before a model, where it is a part of another one; null where nothing says so. */
function partPrinted(lines: readonly string[], { firstLine, isFragment }: PrintedModel): string | null {
  if (isFragment) return null;
  const typed = lines.slice(Math.max(0, firstLine - 4), firstLine - 1).findLast((line) => line.trim() !== '' && !/^Out ?\[\d*\]:\s*$/.test(line));
  return typed === undefined || typed.length > longestTyped ? null : (printOfPart.exec(typed.trim())?.[1] ?? null);
}

/** Makes the tree of a printed model, its runs written out. */
export function treeOfPrinted(root: PrintedModule, given: readonly TreeNote[], source: TextSource): Result<ModuleTree, ReadError> {
  const builder = createTreeBuilder(source.limits);
  const specs = new Map<PrintedModule, number>();
  const specOf = (module: PrintedModule): number => {
    const known = specs.get(module);
    if (known !== undefined) return known;
    const id = builder.internSpec(specOfPrinted(module));
    specs.set(module, id);
    return id;
  };

  const expanded = expandedSize(root, source.limits);
  if (!expanded.ok) return expanded;
  const waiting: { readonly module: PrintedModule; readonly name: string; readonly depth: number }[] = [
    { module: root, name: '', depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, name, depth } = next;
    if (depth > source.limits.maxDepth) {
      return readFailure('too-deep', {
        name: shorten(name),
        place: `line ${module.line}`,
        limit: source.limits.maxDepth,
      });
    }
    builder.add(name, specOf(module), module.line - 1);
    const prefix = name === '' ? '' : `${name}.`;
    for (let i = module.children.length - 1; i >= 0; i--) {
      const child = module.children[i]!;
      const first = child.run?.first ?? 0;
      for (let k = (child.run?.count ?? 1) - 1; k >= 0; k--) {
        const key = child.run === null ? child.key : String(first + k);
        waiting.push({ module: child, name: prefix + key, depth: depth + 1 });
      }
    }
  }
  const lacks = new Set<Lack>(['dtypes', 'sharing', 'forward']);
  for (const module of specs.keys()) {
    const { parameters, type } = specOfPrinted(module);
    if (type === null) lacks.add('types');
    if (parameters === null) lacks.add('parameters');
    if (parameters?.some(({ shape, isNone }) => shape === null && !isNone)) lacks.add('shapes');
  }
  if (lacks.has('parameters')) lacks.add('shapes');
  const notes = [...given];
  if ([...specs.keys()].some(({ extra }) => originalName.test(extra))) {
    notes.push({ type: 'printed-torchscript' });
  }
  if ([...specs.keys()].some(isPacked)) {
    notes.push({ type: 'printed-quantized' });
  }
  const tree = builder.finish({
    model: source.modelName,
    source: null,
    producer: null,
    format: 'print-model',
    lacks: [...lacks],
    notes,
  });
  source.onProgress(1);
  return tree.ok ? tree : treeBuildFailure(tree.error, (line) => `line ${line + 1}`);
}

function longest(models: readonly PrintedModel[]): PrintedModel | null {
  let best: PrintedModel | null = null;
  for (const model of models) {
    if (best === null || model.lastLine - model.firstLine > best.lastLine - best.firstLine) best = model;
  }
  return best;
}

/** A loop over `named_modules()` prints the root, and then each module below it once more behind its name. */
const listedName = /(?:^|[\s('"])([^\s'"(),]+)['"]?[,:]?\s+(?:->\s+)?$/;

/** Whether a model is a part of the chosen one that a loop prints again, with its name before it. */
function isListedAgain(model: PrintedModel, chosen: PrintedModel): boolean {
  const name = model.isFragment ? undefined : listedName.exec(model.before)?.[1];
  let module: PrintedModule | undefined = name === undefined ? undefined : chosen.root;
  for (const label of name?.split('.') ?? []) module = module && childOf(module, label);
  return module !== undefined && module.typeName === model.root.typeName;
}

function childOf(module: PrintedModule, label: string): PrintedModule | undefined {
  const number = /^\d+$/.test(label) ? Number(label) : -1;
  return module.children.find(({ key, run }) =>
    run === null ? key === label : number >= run.first && number < run.first + run.count,
  );
}

const longestListed = 1000;

/** A line that ends with the head of a block. */
const opensBlock = /(?:^|[\s:=.])_*\p{Lu}[\p{L}\p{N}_.]{0,100}\($/u;

/** Marks every line (rule T28): the lines of other models belong to the choice. */
function accountFor(account: LineAccount, lines: readonly string[], models: readonly PrintedModel[], chosen: PrintedModel): void {
  for (const model of models) {
    if (model !== chosen) account.mark(model.firstLine - 1, 'understood', model.lastLine);
  }
  for (const { line, use } of chosen.marks) {
    if (use === 'remark') account.remark(line);
    else account.mark(line, use);
  }
  if (chosen.isFragment) account.beginsInside();
  const { firstLine, lastLine } = chosen;
  for (const [at, line] of lines.entries()) {
    if (at >= firstLine - 1 && at < lastLine) continue;
    const content = line.trim();
    if (isPromptOrRuler(content)) account.mark(at, 'decoration');
    else if (isListedLine(content, chosen)) account.mark(at, 'understood');
  }
  // Blocks around the chosen one, in a form that is not read: its names lack their prefix.
  const edge = indentOf(lines[firstLine - 1]!);
  for (let at = firstLine - 2, inner = edge; at >= 0 && inner > 0 && !chosen.isFragment; at--) {
    const indent = indentOf(lines[at]!);
    if (lines[at] === '' || indent >= inner) continue;
    if (opensBlock.test(lines[at]!)) account.mark(at, 'unread');
    inner = indent;
  }
  // The line right before a text that begins inside a model may say how much was left out.
  if (chosen.isFragment && firstLine > 1 && isGap(lines[firstLine - 2]!.trim())) account.mark(firstLine - 2, 'gap');
  account.restIsBeside(0, firstLine - 1);
  account.restIsBeside(lastLine, lines.length);
}

/** Whether a line names a module of the chosen model and prints it again. */
function isListedLine(content: string, chosen: PrintedModel): boolean {
  if (content.length > longestListed) return false;
  const parts = /^(.*?[\s('"])([\p{L}_][\p{L}\p{N}_.]*)\(.*\)+,?$/u.exec(content);
  const name = parts === null ? undefined : listedName.exec(parts[1]!)?.[1];
  if (name === undefined) return false;
  let module: PrintedModule | undefined = chosen.root;
  for (const label of name.split('.')) module = module && childOf(module, label);
  return module !== undefined && module.typeName === parts![2];
}

/** Runs inside runs multiply: the number of modules is worked out before any is made. */
function expandedSize(root: PrintedModule, limits: ReadLimits): Result<number, ReadError> {
  let size = 0;
  const waiting: (readonly [PrintedModule, number])[] = [[root, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [module, times] = next;
    const count = times * (module.run?.count ?? 1);
    size += count;
    if (size > limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
    for (const child of module.children) waiting.push([child, count]);
  }
  return succeed(size);
}

/** The facts in one printed module, such as `Linear(in_features=8, …)`; null for any other text. */
export function specOfPrintedText(text: string): ModuleSpec | null {
  const root = isWholeModule(text) ? parsePrintedModels([text]).models[0]?.root : undefined;
  return root === undefined || root.children.length > 0 ? null : specOfPrinted(root);
}

function specOfPrinted(module: PrintedModule): ModuleSpec {
  const { typeName, children, tensors } = module;
  const extra = withoutCounts(module.extra);
  if (typeName === null) {
    return { type: null, className: null, parameters: null, buffers: null, forward: null, extraRepr: extra === '' ? null : extra };
  }
  const type = classOfPrintedName(typeName, extra);
  const listed: readonly TensorInfo[] = tensors;
  const isTensorList = type === 'ParameterList' || type === 'ParameterDict';
  if (module.isElided === true) return { ...unknownSpec, type };
  let described = describeLayer(type, children.some(({ key }) => key === 'parametrizations') ? '' : extra);
  if (isTensorList) described = { parameters: listed, buffers: [] };
  // Packed weights of quantized layers are no parameters; norms keep theirs. All have a scale in a buffer.
  else if (isQuantized(module)) described = { parameters: isPacked(module) ? [] : described.parameters, buffers: null };
  const shown = extra.replace(originalName, '').trim();
  return { type, className: null, ...described, forward: null, extraRepr: shown === '' ? null : shown };
}

/** Whether a quantized layer keeps its weights in a module of its own, which is not printed. */
function isPacked(module: PrintedModule): boolean {
  return isQuantized(module) && packed.test(classOfPrintedName(module.typeName!, module.extra));
}

const packed = /^(?:Linear|Conv|Embedding|LSTM|GRU|RNN)/;

/** Whether torch printed a quantized layer, whose class is named differently. */
function isQuantized({ typeName, extra }: PrintedModule): boolean {
  return typeName !== null && typeName.includes('Quantized') && classOfPrintedName(typeName, extra) !== typeName;
}
