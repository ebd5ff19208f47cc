import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { fail, succeed, type Result } from '../result.ts';
import { explainJsonError, jsonErrorAt, type JsonError } from './json-errors.ts';
import type { ConfigValue, KeyPath } from './value.ts';

export type { JsonError } from './json-errors.ts';

/** The place of a value in its text, in UTF-16 units. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** A text that is JSON, with its value and the place of each part. */
export interface JsonDocument {
  readonly value: ConfigValue;
  /** Keys that occur twice in one object; the last one counts, as in Python. */
  readonly repeatedKeys: readonly KeyPath[];
  /** The range of the value at `path`, or `null` when there is none. */
  readonly locate: (path: KeyPath) => TextRange | null;
  /** The range of the key that leads to `path`, or `null` when `path` ends in a list index. */
  readonly locateKey: (path: KeyPath) => TextRange | null;
  /** The path of the innermost value at `offset`; a place between two values belongs to the value around them. */
  readonly pathAt: (offset: number) => KeyPath;
}

/** Nesting beyond this is refused; it keeps every walk over a value clear of the end of the stack. */
export const deepestNesting = 200;

/**
 * Reads JSON as Python's `json` does where both are strict: no comments, no trailing commas. Numbers keep their
 * form (rule E1). Never throws.
 */
export function readJson(text: string): Result<JsonDocument, JsonError> {
  const tooDeep = offsetDeeperThan(text, deepestNesting);
  if (tooDeep !== null) {
    const message = `The text is nested deeper than ${deepestNesting} levels.`;
    return fail(jsonErrorAt(text, tooDeep, 1, message, 'A config list needs five.'));
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0 || !root) return fail(explainJsonError(text, errors[0]));
  const invalid = firstBadNumber(root, text);
  if (invalid) {
    const { offset, length } = invalid;
    return fail(jsonErrorAt(text, offset, length, 'This is no number.', 'Write it as 0.5 or 1.0.'));
  }
  const repeatedKeys: KeyPath[] = [];
  const value = valueOf(root, text, [], repeatedKeys);
  return succeed({
    value,
    repeatedKeys,
    locate: (path) => rangeOf(findNode(root, path)),
    locateKey: (path) => {
      const property = findNode(root, path)?.parent;
      return property?.type === 'property' ? rangeOf(property.children?.[0]) : null;
    },
    pathAt: (offset) => pathTo(root, offset),
  });
}

/** The value alone. */
export function readJsonValue(text: string): Result<ConfigValue, JsonError> {
  const read = readJson(text);
  return read.ok ? succeed(read.value.value) : read;
}

function rangeOf(node: Node | undefined): TextRange | null {
  return node ? { offset: node.offset, length: node.length } : null;
}

/** `path` is the path of `node`; it is lent to the callee and returned unchanged. */
function valueOf(node: Node, text: string, path: (string | number)[], repeatedKeys: KeyPath[]): ConfigValue {
  switch (node.type) {
    case 'object': {
      const entries = new Map<string, ConfigValue>();
      for (const property of node.children ?? []) {
        const [key, child] = property.children ?? [];
        if (!key || !child) continue;
        const name = String(key.value);
        path.push(name);
        if (entries.has(name)) repeatedKeys.push([...path]);
        entries.set(name, valueOf(child, text, path, repeatedKeys));
        path.pop();
      }
      return { type: 'object', entries: [...entries] };
    }
    case 'array':
      return (node.children ?? []).map((child, index) => {
        path.push(index);
        const item = valueOf(child, text, path, repeatedKeys);
        path.pop();
        return item;
      });
    case 'number': {
      const literal = text.slice(node.offset, node.offset + node.length);
      return { type: /[.eE]/.test(literal) ? 'float' : 'int', text: literal };
    }
    case 'string':
      return String(node.value);
    case 'boolean':
      return node.value === true;
    case 'null':
    case 'property':
    default:
      return null;
  }
}

function findNode(root: Node, path: KeyPath): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (!node) return undefined;
    if (typeof step === 'number') {
      node = node.type === 'array' ? node.children?.[step] : undefined;
    } else {
      const properties: readonly Node[] = node.type === 'object' ? (node.children ?? []) : [];
      node = properties.findLast((property) => property.children?.[0]?.value === step)?.children?.[1];
    }
  }
  return node;
}

function pathTo(root: Node, offset: number): KeyPath {
  const path: (string | number)[] = [];
  let node: Node | undefined = root;
  while (node?.children) {
    const { children, type }: Node = node;
    const at: number = children.findIndex((child) => touches(child, offset));
    const child: Node | undefined = children[at];
    if (!child) break;
    if (type === 'array') path.push(at);
    if (child.type === 'property') {
      path.push(String(child.children?.[0]?.value));
      node = child.children?.[1];
      if (!node || offset < node.offset) break;
    } else {
      node = child;
    }
  }
  return path;
}

function touches({ offset: start, length }: Node, offset: number): boolean {
  return start <= offset && offset <= start + length;
}

function firstBadNumber(root: Node, text: string): Node | null {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'number') {
      const literal = text.slice(node.offset, node.offset + node.length);
      if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(literal)) return node;
    }
    const { children } = node;
    if (children) for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]!);
  }
  return null;
}

/** Numbers of jsonc-parser's token kinds, whose own table is a `const enum` and thus not to be had here. */
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
const endOfText = 17;

/** The parser goes one call deeper for each bracket that it meets, so its own scanner counts them first. */
function offsetDeeperThan(text: string, limit: number): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    const token: number = scanner.scan();
    if (token === endOfText) return null;
    if (token === openBrace || token === openBracket) {
      depth++;
      if (depth > limit) return scanner.getTokenOffset();
    } else if ((token === closeBrace || token === closeBracket) && depth > 0) {
      depth--;
    }
  }
}
