import { parsePython } from '../../core/config/python-source.ts';

/** The kind of a piece of Python source, as far as kinds are coloured differently. */
export type PythonTokenKind = 'plain' | 'key' | 'string' | 'number' | 'constant' | 'keyword' | 'comment' | 'punctuation';

export interface PythonToken {
  readonly kind: PythonTokenKind;
  readonly text: string;
}

const keywords: ReadonlySet<string> = new Set(['import', 'from', 'as', 'def', 'return', 'with', 'for', 'in', 'if', 'not', 'and', 'or']);
const punctuation = /^(?:[()[\]{},:]|AssignOp)$/;

/** Takes Python source apart for showing: together the tokens are the source, and equal neighbours are one. */
export function tokenizePython(source: string): readonly PythonToken[] {
  const tokens: { kind: PythonTokenKind; text: string }[] = [];
  let done = 0;
  const add = (kind: PythonTokenKind, end: number) => {
    if (end <= done) return;
    const text = source.slice(done, end);
    const last = tokens.at(-1);
    if (last?.kind === kind) last.text += text;
    else tokens.push({ kind, text });
    done = end;
  };
  parsePython(source).iterate({
    enter: ({ node }) => {
      if (node.firstChild) return;
      const kind = kindOf(node.name, node.parent?.name, node.nextSibling?.name);
      if (kind === 'plain') return;
      add('plain', node.from);
      add(kind, node.to);
    },
  });
  add('plain', source.length);
  return tokens;
}

function kindOf(name: string, parent: string | undefined, next: string | undefined): PythonTokenKind {
  if (name === 'String' && parent === 'DictionaryExpression' && next === ':') return 'key';
  if (name === 'String' || name === 'FormatString') return 'string';
  if (name === 'Number') return 'number';
  if (name === 'Comment') return 'comment';
  if (keywords.has(name)) return 'keyword';
  if (name === 'None' || name === 'Boolean') return 'constant';
  return punctuation.test(name) ? 'punctuation' : 'plain';
}
