import type { TensorInfo } from '../../module-tree/module-tree.ts';
import { splitRemark } from './printed-head.ts';
import { storageDtype } from '../weights/tensor-types.ts';

/** A module as `print(model)` shows it. */
export interface PrintedModule {
  /** Its key in the parent: `layer1`, or the first number of a run. */
  readonly key: string;
  /** First number of a run of equal siblings (`(0-11): 12 x`), and how many there are; null for one module. */
  readonly run: { readonly first: number; readonly count: number } | null;
  /** The name before the parenthesis; null where a module prints itself in a way of its own. */
  readonly typeName: string | null;
  /** The text between the parentheses without the children; line breaks are kept. */
  extra: string;
  readonly children: PrintedModule[];
  /** Parameters that a ParameterList or ParameterDict shows. */
  readonly tensors: TensorInfo[];
  /** Its arguments and children are left out (`Block(...)`). */
  readonly isElided?: boolean;
  /** Line (from 1) on which it starts. */
  line: number;
}

/** A child; where its module prints as nothing at all, the line ends with the colon. */
export const keyPattern = /^\((?:[\s\S]*?\): \S|[^()]*\):$)/;

/** A module without the text between its parentheses. */
export function emptyModule(key: string, run: PrintedModule['run'], typeName: string | null, line: number): PrintedModule {
  return { key, run, typeName, extra: '', children: [], tensors: [], line };
}

/** Opening parentheses minus closing ones. */
export function parenthesisBalance(text: string): number {
  let balance = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) balance++;
    else if (code === 41) balance--;
  }
  return balance;
}

/** A module that is printed whole, over one line or several joined by line ends: its type, and its arguments. */
export function moduleOf(key: string, text: string, line: number, run: PrintedModule['run'] = null): PrintedModule {
  const parts = /^([^\s()]+(?:\(Reference\))?)\(([\s\S]*)\)$/u.exec(text);
  if (parts !== null) {
    const extra = parts[2]!.trim();
    const only = onlyParameter(extra);
    const module = emptyModule(key, run, parts[1]!, line);
    return only === null ? { ...module, extra } : { ...module, tensors: [only] };
  }
  const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
  // A line that was broken off: its type is there, its arguments are not whole.
  const cut = /^([\p{L}_][\p{L}\p{N}_.]*)\([^)]/u.exec(text)?.[1];
  if (cut !== undefined && parenthesisBalance(text) > 0) return { ...emptyModule(key, run, cut, line), isElided: true };
  return { ...emptyModule(key, run, isName ? text : null, line), extra: isName ? '' : text };
}

const moduleStart = /^(?:\d+ x )?[\p{L}_][\p{L}\p{N}_.<>]*\(|^None$|^Parameter containing/u;
const mostSplits = 20;

const moduleInside = /\([^()]+\)(?:\s?: ?| )(?:\d+ x )?\p{Lu}[\p{L}\p{N}_]*\(/u;

/** Whether a text that is not read as a child holds one: lines were put together, and a module would be lost without a word. */
export function holdsModule(text: string): boolean {
  return moduleInside.test(text);
}

/** A child behind a marker, or with a part of its key lost: `# (fc): Linear(`, `(fc: Linear(`, `fc): Linear(`. */
const brokenChild = /^(?:(?:\W{1,6}\s?|[^\w\s()]{1,6}\s+)\([^\s()]+\): ?|[()]?[^\s():=]+[()]+(?::\s?|\s)|[()][^\s():=]+(?::\s?|\s))(?:\d+ x )?\p{Lu}[\p{L}\p{N}_.]*[()]/u;

/** A child with other output between its key and its type: `(fc)[INFO]: Linear(`. */
const writtenInto = /^\([\w.-]+\)[^()\n]{0,40}\)?\s*\p{Lu}[\p{L}\p{N}_]*\(/u;

/** Whether a line that is not read as a child holds one, behind a marker or with a broken key. */
export function holdsChild(content: string): boolean {
  return content.length < 2000 && (brokenChild.test(content) || writtenInto.test(content));
}

/** Splits `(key): rest` where the rest is a module, or at least looks like one: a key may itself hold `): `. */
export function splitKey(content: string): { readonly key: string; readonly rest: string } {
  const splits: { readonly key: string; readonly rest: string }[] = [];
  if (content.endsWith('):') && !content.includes('): ')) return { key: content.slice(1, -2), rest: '' };
  let at = content.indexOf('): ');
  while (at >= 0 && splits.length < mostSplits) {
    splits.push({ key: content.slice(1, at), rest: content.slice(at + 3) });
    at = content.indexOf('): ', at + 1);
  }
  // The parameter of such a list stands on the same line; a terminal may have broken it.
  const ofParameters = splits.find(({ rest }) => /^Parameter(?:List|Dict)\(\s*\(/.test(rest));
  return (
    ofParameters ??
    splits.find(({ rest }) => moduleStart.test(rest) && !splitRemark(rest).hasMore && isWhole(splitRemark(rest).head)) ??
    splits.find(({ rest }) => moduleStart.test(rest)) ??
    splits[0]!
  );
}

/** Whether the text after a key looks like a module, so that its line is a child at any indentation. */
export function isModuleText(rest: string): boolean {
  return moduleStart.test(rest);
}

/** Whether a text is a module from its name to its last parenthesis, or the head of a block. */
function isWhole(head: string): boolean {
  return head.endsWith('(') || closesAtEnd(head);
}

/** Whether the first parenthesis of a text closes with its last character (or there is none). */
function closesAtEnd(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) open++;
    else if (code === 41 && --open === 0) return at === text.length - 1;
  }
  return open === 0;
}

const parameterPattern = /^Parameter containing: \[([\w.]+) of size ([\dx]*)(?: \([^)]*\))?\]$/;

/** A parameter as ParameterList and ParameterDict print it; null for anything else. */
export function parameterOf(key: string, rest: string): TensorInfo | null {
  const parameter = parameterPattern.exec(rest);
  if (parameter === null) return null;
  // Either `torch.float32` or, before torch 2, the class of the tensor: `torch.cuda.FloatTensor`.
  const [, tensorClass, named] = /^torch\.(?:cuda\.)?(?:(\w+)Tensor|(\w+))$/.exec(parameter[1]!) ?? [];
  const dtype = tensorClass === undefined ? (named ?? null) : storageDtype(`${tensorClass}Storage`);
  const shape = parameter[2] === '' ? [] : parameter[2]!.split('x').map(Number);
  return { name: key, shape, dtype, isNone: false };
}

/** The parameter of a list or dictionary of one, which torch prints on the line of the module. */
function onlyParameter(extra: string): TensorInfo | null {
  if (!extra.startsWith('(') || !extra.includes('): Parameter containing: [')) return null;
  const { key, rest } = splitKey(extra);
  return parameterOf(key, rest);
}
