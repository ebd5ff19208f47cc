import type { SyntaxNode } from '../../config/python-source.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import { PyClass, PyDeque, PyDescriptor, PyDict, PyFunction, PyInstance, PyIterator, PyList, PySet, PyUnknown, type PyValue, type Scope } from '../values/values.ts';
import { targetsIn } from './local-names.ts';
import { textAt, type Run } from './run.ts';

/**
 * After a statement that was given up half way: all that it sets, and every list, dict or object that it names, is not
 * decided, and neither is what the functions of the script that it names set and name.
 */
export function loseStatement(run: Run, node: SyntaxNode, scope: Scope, roots: readonly Root[]): void {
  const seen = new Set<unknown>();
  const lose = (value: PyValue | undefined): void => {
    if (value === undefined || value === null || typeof value !== 'object' || seen.has(value)) return;
    seen.add(value);
    if (value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyDeque || value instanceof PyIterator) {
      value.unsure = joinRoots(value.unsure, roots);
    } else if (value instanceof PyInstance) {
      for (const [name, item] of value.attributes) {
        lose(item);
        value.attributes.set(name, new PyUnknown(roots, false));
      }
      lose(value.made);
    } else if (value instanceof PyClass) {
      for (const item of value.attributes.values()) lose(item);
    } else if (value instanceof PyDescriptor) {
      lose(value.get);
    } else if (value instanceof PyFunction) {
      for (const item of value.defaults.values()) lose(item);
      lose(value.self);
      loseNamesOf(value.node, value.scope);
    }
  };
  const loseNamesOf = (inner: SyntaxNode, around: Scope): void => {
    inner.cursor().iterate(({ node: part }) => {
      if (part.name === 'VariableName') lose(around.peek(textAt(run, part)));
      // A name that `global` hands to the script.
      if (part.name === 'ScopeStatement') {
        for (const name of textAt(run, part).split(/[\s,]+/).slice(1)) if (around.outermost.names.has(name)) around.outermost.set(name, new PyUnknown(roots, false));
      }
    });
  };
  loseNamesOf(node, scope);
  node.cursor().iterate(({ node: part }) => {
    for (const target of targetsIn(part)) scope.set(textAt(run, target), new PyUnknown(roots, false));
    return part.name !== 'FunctionDefinition' && part.name !== 'ClassDefinition' && part.name !== 'LambdaExpression';
  });
}
