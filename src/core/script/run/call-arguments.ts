import type { SyntaxNode } from '../../config/python-source.ts';
import { comprehend } from './comprehensions.ts';
import { textAt, type Run } from './run.ts';
import type { Scope, PyValue } from '../values/values.ts';
import { itemsOf } from '../values/sequences.ts';
import { childrenOf } from './syntax.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyDict } from '../values/values.ts';

export interface CallArguments {
  readonly positional: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}

/** The arguments of a call, worked out in their order. */
export function argumentsOf(run: Run, list: SyntaxNode, scope: Scope): CallArguments {
  const positional: PyValue[] = [];
  const named = new Map<string, PyValue>();
  const parts = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')');
  if (parts.some(({ name }) => name === 'for')) return { positional: [comprehend(run, list, scope)], named };
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.name === ',') continue;
    if (part.name === '*') {
      positional.push(...itemsOf(run.evaluate(parts[++i]!, scope)));
    } else if (part.name === '**') {
      const spread = decided(run.evaluate(parts[++i]!, scope));
      if (!(spread instanceof PyDict)) throw new NotSupported();
      for (const [key, value] of spread.entries.values()) {
        if (typeof key !== 'string') throw new PyRaise('TypeError', 'keywords must be strings');
        if (named.has(key)) throw new PyRaise('TypeError', `got multiple values for keyword argument '${key}'`);
        named.set(key, value);
      }
    } else if (parts[i + 1]?.name === 'AssignOp') {
      named.set(textAt(run, part), run.evaluate(parts[i + 2]!, scope));
      i += 2;
    } else {
      positional.push(run.evaluate(part, scope));
    }
  }
  return { positional, named };
}
