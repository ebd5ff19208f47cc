import type { SyntaxNode } from '../../config/python-source.ts';
import type { Execution } from './execution.ts';
import { defaultsOf } from './parameters.ts';
import { textAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';
import { PyFunction, PyReference, type Scope } from '../values/values.ts';
import type { Root } from '../values/roots.ts';

/** `def`: the function is kept with the scope around it. */
export function define({ run, defined }: Execution, node: SyntaxNode, scope: Scope): void {
  const name = childrenOf(node).find((child) => child.name === 'VariableName');
  if (!name) return;
  const made = new PyFunction(textAt(run, name), node, scope, defaultsOf(run, node, scope));
  defined.push(made);
  scope.set(made.name, made);
}

/** `import a.b as c`, `from a import b as c`. */
export function importNames(run: Run, node: SyntaxNode, scope: Scope): void {
  const text = textAt(run, node).replaceAll(/[()\\]/g, ' ').replaceAll(/#[^\n]*/g, ' ');
  const from = /^\s*from\s+([\w.]*)\s+import\s+([\s\S]*)$/.exec(text);
  const names = (from ? from[2]! : text.replace(/^\s*import\s+/, '')).split(',');
  for (const entry of names) {
    const [, path = '', alias] = /^\s*([\w.*]+)(?:\s+as\s+(\w+))?\s*$/.exec(entry) ?? [];
    if (path === '' || path === '*') continue;
    if (from) {
      const key = alias ?? path;
      const given = run.given.get(key);
      if (given !== undefined) run.met.add(key);
      const root: Root = { key, from: node.from, to: node.to, reason: 'name', suggestion: null };
      const reference = new PyReference(`${from[1]}.${path}`.replace(/^torch\.nn\.modules\.\w+\.(?=[A-Z])/, 'torch.nn.'), root);
      scope.set(key, given === undefined ? reference : given);
    }
    else if (alias !== undefined) scope.set(alias, new PyReference(path));
    else scope.set(path.split('.')[0]!, new PyReference(path.split('.')[0]!));
  }
}

/** `global` and `nonlocal`. */
export function handOn(run: Run, [keyword, ...rest]: readonly SyntaxNode[], scope: Scope): void {
  for (const part of rest) {
    if (part.name !== 'VariableName') continue;
    const name = textAt(run, part);
    const owner = keyword && textAt(run, keyword) === 'global' ? scope.outermost : scope.enclosing(name);
    if (owner && owner !== scope) scope.handedOn.set(name, owner);
  }
}
