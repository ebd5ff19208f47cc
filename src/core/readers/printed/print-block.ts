import type { LineUse } from '../lines/line-account.ts';
import { isGap, isLogLine, isProfilerLine, startsAsRemark, withoutCounts } from '../lines/line-kinds.ts';
import { withoutPrefix } from '../lines/log-prefix.ts';
import { leadOf, type Frame } from './print-frame.ts';
import { closingLine, splitRemark } from './printed-head.ts';
import { createIndentSigns } from './indent-signs.ts';
import { emptyModule, holdsChild, holdsModule, isModuleText, keyPattern, moduleOf, parenthesisBalance, splitKey, type PrintedModule } from './printed-module.ts';
import { joinKey, joinModule, joinParameter } from './join-lines.ts';
import { isEndOfLayer, isLayer } from './torch-layers.ts';

/** Where a printed model breaks off. */
export interface PrintError {
  readonly line: number;
  readonly reason: 'unclosed' | 'run';
  /** The line that is wrong, or the head of the block that does not end. */
  readonly text: string;
}

/** How a block uses one of its lines (from 0). */
export interface LineMark {
  readonly line: number;
  readonly use: LineUse | 'remark';
}

/** A printed model; `next` is the line after its end, from 0. Lines in between that have no mark are not understood. */
export type ParsedBlock =
  | {
      readonly error: null;
      readonly root: PrintedModule;
      readonly next: number;
      readonly marks: readonly LineMark[];
      /** Lines whose indentation does not fit the parentheses. */
      readonly shifted: readonly number[];
    }
  | { readonly error: PrintError };

/** A module whose children follow. */
interface OpenBlock {
  /** The module that receives the children. Where the block is lost, it is one outside the tree. */
  module: PrintedModule;
  readonly indent: number;
  /** Parts of it are left out; its closing parenthesis may be, too. */
  hasGap: boolean;
  /** Parentheses that its own text has opened and not closed. */
  ownBalance: number;
  /** Its name is not known: its parent is left out, or its own head is. */
  isLost: boolean;
  /** Nothing stands between its parentheses: torch writes `Type()` on one line. */
  isEmpty: boolean;
}

/**
 * Parses the block whose head is line `start` (from 0), by its parentheses; the indentation of its frame helps
 * where lines are left out or belong to a module's own text (rules T7, T28). A fragment has no head: its first line is
 * a child of a root that is not printed.
 */
export function parseBlock(lines: readonly string[], start: number, frame: Frame): ParsedBlock {
  // Without any indentation only lines with a single parenthesis show where a block ends.
  const flat = frame.indent < 0 && !frame.isFragment;
  const marks: LineMark[] = [];
  const mark = (line: number, use: LineMark['use']): void => void marks.push({ line, use });
  const root = emptyModule('', null, frame.typeName, start + 1);
  const open: OpenBlock[] = [openBlock(root, frame.indent)];
  const signs = createIndentSigns(frame.step);
  let at = start;
  let isAfterGap = false;
  if (!frame.isFragment) {
    mark(at++, isOddType(frame.typeName) ? 'unread' : 'understood');
    if (frame.hasRemark) mark(start, 'remark');
  }
  /** The line after the last one that belongs to a fragment. */
  let end = at;

  while (at < lines.length) {
    const line = withoutPrefix(lines[at]!, frame.prefix);
    const indent = leadOf(line);
    let content = line.slice(indent);
    let block = open.at(-1)!;
    const first = at++;
    if (content === '') continue;
    if (isGap(content)) {
      mark(first, 'gap');
      block.hasGap = true;
      block.isEmpty = false;
      isAfterGap = true;
      continue;
    }
    isAfterGap = false;

    const joined = joinKey(content, Math.max(0, block.indent), (ahead) => {
      const following = lines[at + ahead];
      return following === undefined ? null : withoutPrefix(following, frame.prefix);
    });
    if (joined !== null) {
      ({ content } = joined);
      at += joined.lines;
    }

    const closing = block.ownBalance > 0 ? null : closingLine(content);
    // Where every line has a prefix, a parenthesis without it is of something else.
    if (closing !== null && frame.prefix?.test(lines[first]!) === false) {
      mark(first, 'unread');
      continue;
    }
    if (closing !== null) {
      if (!flat && block.hasGap && indent > block.indent) {
        // It closes a block whose head is left out.
        mark(first, 'gap');
        continue;
      }
      const outer = flat ? -1 : open.findLastIndex((candidate) => candidate.indent === indent);
      if (outer >= 0 && outer < open.length - 1) {
        if (!block.hasGap) return unclosed(lines, block.module);
        block = leaveTo(open, outer);
      }
      mark(first, block.isLost ? 'unread' : block.isEmpty ? 'gap' : 'understood');
      if (closing.hasRemark) mark(first, 'remark');
      if (closing.hasRemark && gapInRemark.test(content.replace(/^\)+/, ''))) mark(first, 'gap');
      if (!flat && !block.hasGap && closing.count === 1 && !(frame.isFragment && open.length === 1)) signs.closes(first, indent, block.indent);
      end = at;
      for (let k = 0; k < closing.count; k++) {
        if (frame.isFragment && open.length === 1) {
          // Closes a parent that is not in the text: the lines before have another prefix than the lines after.
          if (root.children.length > 0) loseChildren(root, marks, start, at, lines);
          continue;
        }
        open.pop();
        if (open.length === 0) return { error: null, root, next: at, marks, shifted: signs.lines() };
      }
      continue;
    }

    const split = keyPattern.test(content) ? splitKey(content) : null;
    // Some libraries print tensors as children, as in `(cls_token): tensor((1, 1, 768), requires_grad=True)`.
    const isTensor = split !== null && split.rest.startsWith('tensor(');
    const parts = isTensor ? null : split;
    if (!flat && parts !== null && block.hasGap && indent <= block.indent && open.length > 1) {
      while (open.length > 1 && block.hasGap && indent <= block.indent) block = leaveTo(open, open.length - 2);
    }
    const placedAt = block.indent + frame.step;
    const isPlaced = flat || indent === placedAt || (frame.isFragment && open.length === 1);
    // ParameterList indents its content twice; people indent as they like, and parentheses decide.
    const isChild = parts !== null && (isPlaced || isModuleText(parts.rest) || content.includes('): Parameter containing: ['));
    if (!isChild) {
      if (frame.isFragment && open.length === 1) {
        at = first;
        break;
      }
      block.isEmpty = false;
      if (readOwnText(block, content, indent - placedAt, flat || indent > block.indent)) mark(first, ownUse(content, block.module));
      else if (startsAsRemark(content) && !holdsChild(content)) {
        mark(first, 'decoration');
        mark(first, 'remark');
      } else mark(first, isLogLine(content) && !holdsModule(content) ? 'beside' : 'unread');
      continue;
    }

    const { key, rest } = parts;
    block.isEmpty = false;
    // A name that was there before the gap belongs to another block, whose head is left out.
    if (block.hasGap && (flat || indent <= placedAt) && block.module.children.some((child) => child.key === key)) {
      block.isLost = true;
      block.module = emptyModule('', null, null, first + 1);
    }
    const isLost = block.isLost || (block.hasGap && !flat && indent > placedAt);
    // A key that closes a parenthesis and opens another one holds the prefix of its line.
    for (let k = first; k < at; k++) mark(k, isLost || isOddKey(key) ? 'unread' : 'understood');
    end = at;
    const parent = isLost && !block.isLost ? emptyModule('', null, null, first + 1) : block.module;
    const parameter = joinParameter(key, rest, lines, at, frame);
    if (parameter !== null) {
      parent.tensors.push(parameter.tensor);
      for (; at < parameter.next; at++) mark(at, isLost ? 'unread' : 'understood');
      end = at;
      continue;
    }
    if (isGap(rest)) {
      mark(first, 'gap');
      block.hasGap = true;
      continue;
    }
    if (!flat && !block.hasGap && !(frame.isFragment && open.length === 1)) signs.child(first, indent, block.indent, open.length);
    const { head: text, hasRemark, isElided, hasMore } = splitRemark(rest);
    const remark = hasRemark ? rest.slice(text.length) : '';
    if (hasRemark) mark(first, !startsAsRemark(remark) && holdsModule(remark) ? 'unread' : 'remark');
    if (hasRemark && gapInRemark.test(remark)) mark(first, 'gap');
    if (hasRemark && isSplitType(text.replace(/\(?$/, ''), remark)) mark(first, 'unread');
    if (isElided || isCutInside(text, null) || bareType.test(text)) mark(first, 'gap');
    if (hasMore) mark(first, 'unread');
    const numbered = runOf(key, text);
    if (numbered === null) return { error: { line: first + 1, reason: 'run', text: content } };
    const { run, head } = numbered;
    if (head === 'None') continue;
    if (/^[^\s()]+\($/u.test(head) || /^[^\s()]+\(Reference\)\($/.test(head)) {
      const child = emptyModule(key, run, head.slice(0, -1), first + 1);
      if (isOddType(child.typeName)) mark(first, 'unread');
      parent.children.push(child);
      open.push({ ...openBlock(child, indent), isLost });
      continue;
    }
    const whole = joinModule(lines, at, head, frame, indent);
    for (let k = at; k < whole.next; k++) {
      const isCut = isGap(withoutPrefix(lines[k]!, frame.prefix).trim());
      mark(k, isLost ? 'unread' : whole.noise.has(k) ? 'beside' : isCut ? 'gap' : 'understood');
    }
    at = whole.next;
    end = at;
    const module = moduleOf(key, whole.text, first + 1, run);
    // A line that was broken where nothing shows its end, or one put together of several.
    if (module.isElided === true || holdsModule(module.extra) || isBroken(module) || isOddType(module.typeName) || isSplitType(module.typeName, module.extra)) mark(first, 'unread');
    else if (isCutInside(module.extra, module.typeName)) mark(first, 'gap');
    parent.children.push(isElided ? { ...module, isElided } : module);
  }
  // Where the text ends inside of a block whose parts are left out, its end is, too.
  if (!frame.isFragment && open.every(({ hasGap }) => hasGap) && !isAfterGap) mark(lines.findLastIndex((line) => line !== ''), 'gap');
  // A fragment may end anywhere, and so may a text whose last lines are left out.
  if (frame.isFragment || open.every(({ hasGap }) => hasGap) || (isAfterGap && at >= lines.length)) {
    return { error: null, root, next: frame.isFragment ? end : at, marks, shifted: signs.lines() };
  }
  return unclosed(lines, open.at(-1)!.module);
}

function openBlock(module: PrintedModule, indent: number): OpenBlock {
  return { module, indent, hasGap: false, ownBalance: 0, isLost: false, isEmpty: true };
}

/** Closes the blocks inside of one: the gap that holds their ends reaches into it. */
function leaveTo(open: OpenBlock[], outer: number): OpenBlock {
  open.length = outer + 1;
  const block = open[outer]!;
  block.hasGap = true;
  return block;
}

/** Takes the children back that lie under a parent whose name is not in the text: their lines are not understood. */
function loseChildren(root: PrintedModule, marks: LineMark[], start: number, end: number, lines: readonly string[]): void {
  const hasMore = lines.slice(end, end + 200).some((line) => keyPattern.test(line.trimStart()));
  if (!hasMore) return;
  root.children.length = 0;
  for (let line = start; line < end; line++) marks.push({ line, use: 'unread' });
}

/** Lines that belong to a module's own text anywhere: `key=value`, and tensors that are printed as children. */
const ownLine = /^(?:[\p{L}_][\p{L}\p{N}_.]*\s*=\s*\S|\([^()\s]+\): tensor\()/u;

/**
 * Adds a line to a module's own text, where it can be that: torch prints it before the children, libraries also print
 * `key=value` after them. Says whether it was taken.
 */
function readOwnText(block: OpenBlock, content: string, deeper: number, isInside: boolean): boolean {
  const { module } = block;
  const isOwn = module.children.length === 0 || block.ownBalance > 0 || ownLine.test(content);
  if (!isInside || !isOwn || isLogLine(content) || startsAsRemark(content)) return false;
  block.ownBalance = Math.max(0, block.ownBalance + parenthesisBalance(content));
  if (isProfilerLine(content)) return true;
  module.extra += module.extra === '' ? content : `\n${' '.repeat(Math.max(0, deeper))}${content}`;
  return true;
}

/** Words of tools that characters of a line are left out. */
const cutInside = /\.{3} ?\[|\[?\b(?:truncated|omitted)\b|\[(?:\.{3}|…)\]|\w…|<\.{3}>/u;

/** A remark that stands for lines: `[...]`, `… ` alone. */
const gapInRemark = /^\s*(?:[[(<{]\s*)?(?:\.{3}|…)/u;

/** Dots that stick to a word or a parenthesis; arrays print theirs between commas. */
const gluedDots = /[\w)\]]\.{3}|\.{3}[\w(]|\(\.{3}|\.{3}\)|…/u;

/** Whether characters inside of a module's text are left out. torch's own layers print no dots at all. */
function isCutInside(text: string, typeName: string | null): boolean {
  if (cutInside.test(text)) return true;
  const hasDots = text.includes('...');
  return (hasDots || text.includes('…')) && (gluedDots.test(text) || (hasDots && typeName !== null && isLayer(typeName)));
}

/** Whether a sign was written into the name of a layer of torch: `Li near(…)`, `Lay(erNorm(…)`. */
function isSplitType(typeName: string | null, following: string): boolean {
  if (typeName === null || isLayer(typeName)) return false;
  const [, end] = /^[^\p{L}\p{N}]{0,12}([\p{L}\p{N}]+)\(/u.exec(following) ?? [];
  return end !== undefined && isLayer(typeName + end);
}

/** torch writes parentheses behind every type: where they lack, what stood in them was folded. */
const bareType = /^(?!None$)\p{Lu}\p{L}*\p{Ll}[\p{L}\p{N}_]*$/u;

/** Containers of torch, which print nothing but their children. */
const container = /^(?:Sequential|ModuleList|ModuleDict)$/;

/** The role of a line in a module's own text: a child whose line is broken is not understood, nor is a text inside a container. */
function ownUse(content: string, { typeName }: PrintedModule): LineUse {
  if (isProfilerLine(content)) return 'decoration';
  if (holdsModule(content) || holdsChild(content) || content === '()') return 'unread';
  if (isCutInside(content, null) || /\[\.{3}\]|^\([^()]*\)?:?\s?\.{3}/.test(content)) return 'gap';
  return container.test(typeName ?? '') && withoutCounts(content) !== '' ? 'unread' : 'understood';
}

/**
 * A key with a wide gap in it, or one that closes a parenthesis and opens another: its line was put together or broken. Dots,
 * emphasis and words of a logger were written into it.
 */
function isOddKey(key: string): boolean {
  return !/^\w+$/.test(key) && isBrokenKey(key);
}

function isBrokenKey(key: string): boolean {
  return /^\w+[ \n]\w+$|\)\s+\(|\S\s{2,}\S|^\s|\s$|\.{3}|…|\*\*|`|[|%#]|: |\[(?:INFO|WARN\w*|DEBUG|ERROR)\]/.test(key) || parenthesisBalance(key) !== 0;
}

/** A type with a sign that no name of a class has, or one of torch without its first letters (`orm2d`): a part of it is lost. */
function isOddType(typeName: string | null): boolean {
  if (typeName === null || /^_*[A-Z]\w*$/.test(typeName)) return false;
  const name = typeName.replace(/\(Reference\)$/, '');
  return /\[(?:INFO|WARN\w*|DEBUG|ERROR)\]/.test(name) || /[\]}|*,;=…]|\.{2}/.test(name.replace(/\[[^[\]]*\]$/, '')) || (/^[\p{Ll}\d]/u.test(name) && isEndOfLayer(name));
}

/** A run of a text that is no module, or a text whose parentheses do not close. */
function isBroken({ typeName, extra, run }: PrintedModule): boolean {
  return typeName === null && (run !== null || parenthesisBalance(extra) !== 0);
}

function unclosed(lines: readonly string[], module: PrintedModule): ParsedBlock {
  return { error: { line: module.line, reason: 'unclosed', text: (lines[module.line - 1] ?? '').trim() } };
}

/** The text after a key. For a run of equal siblings: their numbers, and one of them. Null where the numbers do not add up. */
function runOf(key: string, rest: string): { readonly run: PrintedModule['run']; readonly head: string } | null {
  const range = /^(\d+)-(\d+)$/.exec(key);
  const repeated = range === null ? null : /^(\d+) x (.*)$/.exec(rest);
  if (range === null || repeated === null) return { run: null, head: rest };
  const first = Number(range[1]);
  const count = Number(repeated[1]);
  return count < 1 || Number(range[2]) - first + 1 !== count ? null : { run: { first, count }, head: repeated[2]! };
}
