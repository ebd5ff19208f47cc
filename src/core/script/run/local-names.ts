import type { SyntaxNode } from '../../config/python-source.ts';
import { textAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';

/** The names that a node sets by itself. */
export function targetsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const parts = childrenOf(node);
  switch (node.name) {
    case 'CapturePattern':
    case 'NamedExpression':
      return parts.slice(0, 1).filter(({ name }) => name === 'VariableName');
    case 'UpdateStatement':
      return parts.slice(0, 1).filter(({ name }) => name === 'VariableName');
    case 'AsPattern':
    case 'WithStatement':
    case 'TryStatement':
      return parts.flatMap((part, at) => (parts[at - 1]?.name === 'as' ? namesIn([part]) : []));
    case 'ForStatement':
      return namesIn(parts.slice(1, Math.max(1, parts.findIndex(({ name }) => name === 'in'))));
    case 'AssignStatement': {
      const last = parts.findLastIndex(({ name }) => name === 'AssignOp');
      return namesIn(parts.slice(0, Math.max(0, last)));
    }
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return parts.filter(({ name }) => name === 'VariableName').slice(0, 1);
    default:
      return [];
  }
}

/** Names in targets, also in those that are tuples. */
function namesIn(parts: readonly SyntaxNode[]): readonly SyntaxNode[] {
  return parts.flatMap((part) => {
    if (part.name === 'VariableName') return [part];
    return /^(?:Tuple|Array|Parenthesized)Expression$/.test(part.name) ? namesIn(childrenOf(part)) : [];
  });
}

/** Names that an import sets. */
function importedNames(text: string): readonly string[] {
  const bare = text.replaceAll(/#[^\n]*/g, ' ').replaceAll(/[()\\]/g, ' ');
  const isFrom = /^\s*from\b/.test(bare);
  const list = bare.replace(/^\s*(?:from\s+[\w.]+\s+)?import\s+/, '');
  return list.split(',').flatMap((entry) => {
    const [, path = '', alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(entry) ?? [];
    if (path === '') return [];
    return [alias ?? (isFrom ? path : path.split('.')[0]!)];
  });
}

/** The names that the body of a function sets, without those of `global` and `nonlocal`. */
export function namesSetIn(run: Run, node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const others = new Set<string>();
  const body = childrenOf(node).find(({ name }) => name === 'Body');
  body?.cursor().iterate(({ node: inner }) => {
    for (const target of targetsIn(inner)) names.add(textAt(run, target));
    if (inner.name === 'ImportStatement') for (const name of importedNames(textAt(run, inner))) names.add(name);
    if (inner.name === 'ScopeStatement') for (const part of childrenOf(inner)) if (part.name === 'VariableName') others.add(textAt(run, part));
    return inner.name !== 'FunctionDefinition' && inner.name !== 'LambdaExpression' && inner.name !== 'ClassDefinition' && !/Comprehension/.test(inner.name);
  });
  for (const name of others) names.delete(name);
  return names;
}
