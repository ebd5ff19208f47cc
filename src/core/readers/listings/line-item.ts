import type { NamedItem } from '../literals/named-items.ts';
import { parseShapeText } from './read-named-items.ts';
import { torchDtype } from '../weights/tensor-types.ts';

/** What a line says of a name: the kinds of lines that loops print (rule T6). */
export type LineItemKind = 'tensor' | 'type' | 'count' | 'name';

export interface LineItem extends NamedItem {
  readonly kind: LineItemKind;
}

/** A name with dots between its labels, in quotes or not, alone or as the first of a pair. */
const nameStart = /^[([{]?\s*(['"`]?)([^\s'"`:,=|()[\]{}<>│┃]+(?:\[[^\]\s]*\][^\s'"`:,=|()<>]*)?)\1/u;
const label = /^(?:layer(?:[ _]name)?|param(?:eter)?(?:[ _]name)?|module(?:[ _]name)?|name|key)\s*[:=]\s*/i;
const numbering = /^(?:#?\[?\(?\d{1,7}[\])]?[.:)]?(?:\s*(?:->|[|│┃-])\s*|\s+)|[-*•]\s+)/u;
/** What loggers write before a message. */
const logPrefix =
  /^(?:\[[^\]]*\]\s*|\(\w+ pid=\d+[^)]*\)\s*|\d{4}[-/]\d\d[-/]\d\d[T ][\d:.,]+Z?\s*|\d\d:\d\d:\d\d\s*|[IWEF]\d{4} [\d:.]+\s+\d+\s+\S+\]\s|(?:INFO|DEBUG|WARN|WARNING):[\w.]+:|(?:INFO|DEBUG|WARN|WARNING)\b\s*[:|-]?\s*|[\w.]+\.py:\d+:?\s+|-\s+|>\s*)+/;

const separator = /[\s|,;:=│┃"'`)\]}]+>?|->|-(?=\s)/uy;
const shape = /(?:torch\.Size\()?(?:\[\s*(?:\d+\s*,\s*)*\d*\s*\]|\(\s*(?:\d+\s*,\s*)*\d*\s*\))\)?|\b\d+(?:\s?[x×]\s?\d+)+\b/uy;
const dtype = /(?:torch\.)?\b(b?float\d\w*|u?int\d+|bool|complex\d+|half|double|q?u?int\d+(?=\b))\b|torch\.(?:cuda\.)?\w+Tensor\b/y;
const device = /\b(?:cuda|cpu|mps|meta|xpu|npu)\b(?::\d+)?/y;
const flag = /\b(?:True|False|trainable|frozen|None)\b/y;
const number = /[-+]?(?:\d[\d,_]*)(?:\.\d+)?(?:e[+-]?\d+)?(?:\s?[KMGBkmg](?:iB|B)?\b|\s?%)?|[-+]?(?:nan|inf)\b/y;
const word =
  /\b(?:requires_?grad|grad|shape|size|dtype|device|numel|num(?:ber)?|params?|parameters?|count|mean|std|norm|min|max|is|has|of|with|type|elements?|values?|total|learnable|bytes|and|in|on|at|lr|weight_decay|wd|group)\b/iy;
const className = /<class '([^']+)'>/y;
const rest = /(?:tensor|array|Parameter containing|parameter containing)\b[\s\S]*|\([\s\S]*grad_fn[\s\S]*/y;
const opening = /\(/y;
const typeName = /(?:[A-Za-z_]\w*\.)*(\p{Lu}[\p{L}\p{N}_]*)(?:\(.*\))?/uy;

/** What stands behind a name, piece by piece; null where a piece is none of the known kinds. */
function readRest(text: string): Omit<LineItem, 'name'> | null {
  let at = 0;
  let sizes: readonly number[] | null = null;
  let format: string | null = null;
  let isTensor = false;
  let hasNumber = false;
  let type: string | null = null;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null && found[0] !== '' ? found : null;
  };
  while (at < text.length) {
    const begin = at;
    const sized = type === null ? take(shape) : null;
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
    if (take(device) !== null || take(flag) !== null) {
      isTensor = true;
      continue;
    }
    if (take(word) !== null) continue;
    if (take(number) !== null) {
      hasNumber = true;
      continue;
    }
    if (take(opening) !== null) continue;
    const shown = take(className) ?? take(typeName);
    if (shown === null || type !== null) return null;
    type = text.slice(begin, at);
  }
  if (type !== null) return isTensor && sizes !== null ? null : { kind: 'type', value: type };
  if (isTensor) return { kind: 'tensor', value: { shape: sizes, dtype: format } };
  return hasNumber ? { kind: 'count', value: undefined } : { kind: 'name', value: undefined };
}

/** A line as a name and what it says of it; null for other lines. */
function itemAt(line: string): LineItem | null {
  const start = nameStart.exec(line);
  if (start === null) return null;
  const name = start[2]!.replace(/[.:]+$/, '');
  const behind = line.slice(start[0].length);
  if (name === '' || (behind !== '' && !/^[\s,:|=)\]│┃"'`-]/u.test(behind))) return null;
  const read = readRest(behind);
  if (read === null) return null;
  if (!/[\p{L}_]/u.test(name) && read.kind !== 'type') return null;
  // Without anything beside it, only what looks like a tensor's or a nested module's name is a name.
  if (read.kind === 'name' && !/^(?:[^\s.=]+\.)+[a-z_]\w*$/u.test(name)) return null;
  return { name, ...read };
}

const rootLine = /^(?:['"]{2})?\s*(?:(?:is|->)\s|[:,|-])?\s*(<class '[^']+'>|[\p{Lu}_][\p{L}\p{N}_]*(?:\(.*\))?)\)?$/u;

/**
 * Reads one line of a list: a name with shape, number format, device, count, `requires_grad`, type or class behind it,
 * in any order; with a number, a label or a log prefix before it (rule T6). Null for other lines.
 */
export function readLineItem(line: string): LineItem | null {
  if (/^\s/.test(line) || /^['"]{2}/.test(line)) {
    const root = rootLine.exec(line.trim());
    if (root !== null) return { name: '', kind: 'type', value: root[1]! };
  }
  const text = line.trim();
  const tried = [text, text.replace(label, ''), text.replace(numbering, ''), text.replace(logPrefix, '')];
  tried.push(tried[2]!.replace(label, ''), tried[3]!.replace(label, ''), tried[3]!.replace(numbering, ''));
  for (const [at, candidate] of tried.entries()) {
    if (at > 0 && candidate === text) continue;
    const item = itemAt(candidate);
    if (item !== null) return item;
  }
  return null;
}
