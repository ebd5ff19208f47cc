import type { NamedItem } from '../literals/named-items.ts';
import { parseShapeText } from './read-named-items.ts';
import { torchDtype } from '../weights/tensor-types.ts';

/**
 * The kinds of lines that loops print for a name (rule T6). `bare` is a name without a dot and without further text. `word` is a
 * name with one lower-case word. For these two, only the whole list shows whether they are types.
 */
export type LineItemKind = 'tensor' | 'type' | 'count' | 'name' | 'bare' | 'word';

export interface LineItem extends NamedItem {
  readonly kind: LineItemKind;
  /** The line says that the parameter does not train: its only flag, or that after `requires_grad`, is False or frozen. */
  readonly isFrozen?: true;
  /** The line shows the type of a module and the shape of its output. */
  readonly isCall?: true;
}

/** A name with dots between its labels, in quotes or not, alone or as the first of a pair. */
const nameStart = /^[([{]?\s*(['"`]?)([^\s'"`:,=|()[\]{}<>│┃]+(?:\[[^\]\s]*\][^\s'"`:,=|()<>]*)?)\1/u;
const separator = /[\s|,;:=│┃"'`)\]}]+>?|->|-(?=\s)/uy;
const shape = /(?:torch\.Size\()?(?:\[\s*(?:\d+\s*,\s*)*\d*\s*\]|\(\s*(?:\d+\s*,\s*)*\d*\s*\))\)?|\b\d+(?:\s?[x×]\s?\d+)+\b/uy;
const dtype = /(?:torch\.)?\b(b?float\d\w*|u?int\d+|bool|complex\d+|half|double|q?u?int\d+(?=\b))\b|torch\.(?:cuda\.)?\w+Tensor\b/y;
const device = /\b(?:cuda|cpu|mps|meta|xpu|npu)\b(?::\d+)?/y;
const flag = /\b(?:True|False|trainable|frozen|None)\b/y;
const number = /[-+]?(?:\d[\d,_]*)(?:\.\d+)?(?:e[+-]?\d+)?(?:\s?[KMGBkmg](?:iB|B)?\b|\s?%)?|[-+]?(?:nan|inf)\b/y;
const word =
  /\b(?:requires_?grad|grad|shape|size|dtype|device|numel|num(?:ber)?|params?|parameters?|counts?|mean|std|norm|min|max|class|cls|kind|module|layer|is|has|of|with|type|elements?|values?|total|learnable|bytes|and|in|out|inp|inputs?|outputs?|on|at|lr|weight_decay|wd|group)\b/iy;
const className = /<class '([\p{L}\p{N}_.<>[\]-]+)'>/uy;
const rest = /(?:tensor|array|Parameter containing|parameter containing)\b[\s\S]*|\([\s\S]*grad_fn[\s\S]*/y;
const tensorClass = /(?:Parameter|Tensor|Buffer)\b/;
const opening = /\(/y;
const typeName = /(?:[A-Za-z_]\w*\.)*(_*\p{Lu}[\p{L}\p{N}_]*)(?:\(.*\))?/uy;
const longestBehind = 200;
const smallWord = /^[\s:=,|(>-]+(?:(?:(?:module|layer)[ _])?(?:type|class)\s*[:=]\s*)?([a-z_]\w*)\)?(?:\s*[-|,]\s.*)?\s*$/i;

/** Reads the text after a name, piece by piece. Null where a piece is none of the known kinds. */
function readRest(text: string): Omit<LineItem, 'name'> | null {
  let at = 0;
  let sizes: readonly number[] | null = null;
  let format: string | null = null;
  let isTensor = false;
  let hasNumber = false;
  let type: string | null = null;
  let lastWord = '';
  const flags: { readonly word: string; readonly isFrozen: boolean }[] = [];
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null && found[0] !== '' ? found : null;
  };
  while (at < text.length) {
    const begin = at;
    const sized = take(shape);
    if (sized !== null) {
      const parsed = parseShapeText(sized[0].replaceAll(/\s?[x×]\s?/g, ', '));
      if (parsed === null) return null;
      sizes ??= parsed;
      isTensor = true;
      continue;
    }
    if (take(rest) !== null) {
      isTensor = true;
      continue;
    }
    if (take(separator) !== null) continue;
    const typed = take(dtype);
    if (typed !== null) {
      format ??= typed[1] === undefined ? null : torchDtype(typed[1]);
      isTensor = true;
      continue;
    }
    if (take(device) !== null) {
      isTensor = true;
      continue;
    }
    const flagged = take(flag);
    if (flagged !== null) {
      isTensor = true;
      flags.push({ word: lastWord, isFrozen: flagged[0] === 'False' || flagged[0] === 'frozen' });
      lastWord = '';
      continue;
    }
    const said = take(word);
    if (said !== null) {
      lastWord = said[0];
      continue;
    }
    if (take(number) !== null) {
      hasNumber = true;
      continue;
    }
    if (take(opening) !== null) continue;
    const shown = take(className) ?? take(typeName);
    if (shown === null || type !== null) return null;
    type = text.slice(begin, at);
  }
  // Hooks print the shape of the output behind the type of a module.
  if (type !== null) return isTensor && sizes !== null && tensorClass.test(type) ? null : { kind: 'type', value: type, ...(sizes === null ? {} : { isCall: true as const }) };
  if (isTensor) {
    return { kind: 'tensor', value: { shape: sizes, dtype: format }, ...(areFrozen(flags) ? { isFrozen: true } : {}) };
  }
  return hasNumber ? { kind: 'count', value: undefined } : { kind: 'name', value: undefined };
}

/** Whether the flags of a line say that its parameter is frozen; a flag of another word (`grad`, `is`) says nothing. */
function areFrozen(flags: readonly { readonly word: string; readonly isFrozen: boolean }[]): boolean {
  const named = flags.find(({ word: before }) => /^requires_?grad$/i.test(before));
  const [only] = flags;
  const plain = flags.length === 1 && /^(?:|is|learnable)$/i.test(only!.word) ? only : undefined;
  return (named ?? plain)?.isFrozen === true;
}

/** A line as a name and its facts; null for other lines. */
function itemAt(line: string): LineItem | null {
  const start = nameStart.exec(line);
  if (start === null) return null;
  const name = start[2]!.replace(/[.:]+$/, '');
  const behind = line.slice(start[0].length);
  if (logWord.test(name)) return null;
  if (name === '' || (behind !== '' && !/^[\s,:|=)\]│┃"'`-]/u.test(behind))) return null;
  const read = readRest(behind);
  if (read === null) {
    const word = behind.length > longestBehind ? undefined : smallWord.exec(behind)?.[1];
    return word === undefined || !/[\p{L}\d_]/u.test(name) || labelWord.test(name) ? null : { name, kind: 'word', value: word };
  }
  if (!/[\p{L}_]/u.test(name) && (read.kind !== 'type' || !/\d/.test(name))) return null;
  // Measures of a training are no counts: `loss: 0.5`.
  if (read.kind === 'count' && !name.includes('.') && /\d\.\d+(?:e[+-]?\d+)?\s*$/i.test(behind)) return null;
  if (read.kind === 'type' && /[:=]/.test(line[start[0].length] ?? '') && labelWord.test(name)) return null;
  // Without anything next to it, only a text like a tensor's or a nested module's name is a name.
  if (read.kind !== 'name' || /^(?:[^\s.=]+\.)+[a-z_\d]\w*$/u.test(name)) return { name, ...read };
  // `encoder.LayerNorm` can be a class, too: the other lines decide.
  return behind.trim() === '' && (/^\w+$/.test(name) || /^(?:[^\s.=]+\.){2,}\w+$/u.test(name)) ? { name, ...read, kind: 'bare' } : null;
}

/** A label is no name: `Type: Conv2d`. */
const labelWord = /^(?:(?:op|layer|module|param|parameter)_)?(?:name|type|class|param(?:eter)?|key|shape|size)$/i;

/** The word of a logger, written into a name. */
const logWord = /\[(?:INFO|WARN(?:ING)?|DEBUG|ERROR)\]/;

/** Before the type of the root, which has no name. */
const emptyName = /^(?:\s+|(?:''|""|``)\s*)?(?:->|[:,|=(-]|is(?=\s))?\s*(?:(?:module |layer )?(?:type|class)\s*[:=]\s*)?/i;

/**
 * Reads one line of a list: a name with shape, number format, device, count, `requires_grad`, type or class behind it,
 * in any order (rule T6). `startOf` takes off the text before the name. Null for other lines.
 * @param isFirst the root, whose name is empty, may be here
 */
export function readLineItem(line: string, isFirst: boolean): LineItem | null {
  if (isFirst && /^(?:[\s:,|=(-]|''|""|``)/.test(line)) {
    const behind = line.slice(emptyName.exec(line)?.[0].length ?? 0);
    const root = /^(?:<class '|_*\p{Lu}|(?:\w+\.)+_*\p{Lu})/u.test(behind) ? readRest(behind) : null;
    if (root?.kind === 'type') return { name: '', ...root };
  }
  return itemAt(line.trim());
}
