import { parseTree, type Node } from 'jsonc-parser';
import { writeJson } from './json-writer.ts';
import { rewriteLiteral, type LiteralLanguage, type LocatedPart, type LocatedValue } from './rewrite-literal.ts';
import { isConfigList, isConfigNumber, isConfigObject, type ConfigValue } from './value.ts';

/**
 * A JSON text (with comments and last commas or not) after its value has become `after`: indent, line ends, comments and
 * the layout of every part that stays are kept. `before` is the value of `text`.
 */
export function rewriteJson(text: string, before: ConfigValue, after: ConfigValue): string {
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  if (!root) return `${writeJson(after)}\n`;
  const located = locate(root);
  const written = rewriteLiteral(text, located, before, after, jsonLanguage(text));
  return text.slice(0, located.from) + written + text.slice(located.to);
}

function locate(node: Node): LocatedValue {
  const { offset, length, type, children = [] } = node;
  const range = { from: offset, to: offset + length };
  if (type === 'array') return { ...range, parts: children.map((item) => ({ from: item.offset, value: locate(item) })) };
  if (type !== 'object') return { ...range, parts: null };
  const parts = children.flatMap(({ children: pair = [] }): LocatedPart[] => {
    const [key, value] = pair;
    return key && value ? [{ from: key.offset, value: locate(value) }] : [];
  });
  // The value does not show a key that is written twice: such an object is written again as a whole.
  const isPlain = new Set(children.map(({ children: pair }) => String(pair?.[0]?.value))).size === children.length;
  return { ...range, parts: isPlain && parts.length === children.length ? parts : null };
}

function jsonLanguage(text: string): LiteralLanguage {
  const step = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const padding = /\{ \S/.test(text) ? ' ' : '';
  return {
    writeLine: (value) => writeLine(value, padding),
    writeBlock: (value, _place, margin) => indented(writeJson(value, { width: 100 - margin.length }), step, margin),
    writeKey: (key) => JSON.stringify(key),
    skipComment: skipJsonComment,
  };
}

/** Lines indented by two spaces a level, as `writeJson` makes them, in the indent of a text. */
function indented(written: string, step: string, margin: string): string {
  return written.replaceAll(/\n((?: {2})*)/g, (_all, spaces: string) => `\n${margin}${step.repeat(spaces.length / 2)}`);
}

function writeLine(value: ConfigValue, padding: string): string {
  if (isConfigList(value)) return `[${value.map((item) => writeLine(item, padding)).join(', ')}]`;
  if (isConfigObject(value)) {
    if (value.entries.length === 0) return '{}';
    return `{${padding}${value.entries.map(([key, item]) => `${JSON.stringify(key)}: ${writeLine(item, padding)}`).join(', ')}${padding}}`;
  }
  return isConfigNumber(value) ? value.text : JSON.stringify(value);
}

function skipJsonComment(text: string, at: number): number {
  const end = text.startsWith('//', at) ? text.indexOf('\n', at) : text.startsWith('/*', at) ? text.indexOf('*/', at) + 2 : at;
  return end < at ? text.length : end;
}
