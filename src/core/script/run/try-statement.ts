import type { SyntaxNode } from '../../config/python-source.ts';
import { next, statementsOf, type Completion, type Execution } from './execution.ts';
import { isRaise, textAt } from './run.ts';
import { PyReference } from '../values/values.ts';
import type { Scope } from '../values/values.ts';

/** `try`: a handler runs when its exception is named, or it takes all. */
export function attempt(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const clauses = clausesOf(parts);
  const named = (keyword: string) => clauses.filter((clause) => clause.keyword === keyword);
  let completion: Completion = next;
  try {
    completion = execution.executeBlock(statementsOf(named('try')[0]?.body), scope);
    if (completion.type === 'next') completion = execution.executeBlock(statementsOf(named('else')[0]?.body), scope);
  } catch (error) {
    if (!isRaise(error)) throw error;
    const handler = named('except').find(({ head }) => {
      const caught = head[0] ? textAt(run, head[0]) : '';
      return caught === '' || /\bException\b|BaseException/.test(caught) || new RegExp(`\\b${error.type}\\b`).test(caught);
    });
    if (!handler) throw error;
    const as = handler.head.findIndex(({ name }) => name === 'as');
    const target = as >= 0 ? handler.head[as + 1] : undefined;
    if (target) scope.set(textAt(run, target), new PyReference(error.type));
    completion = execution.executeBlock(statementsOf(handler.body), scope);
  }
  const last = execution.executeBlock(statementsOf(named('finally')[0]?.body), scope);
  return last.type === 'next' ? completion : last;
}

function clausesOf(parts: readonly SyntaxNode[]) {
  const clauses: { readonly keyword: string; readonly head: readonly SyntaxNode[]; readonly body: SyntaxNode }[] = [];
  let keyword = '';
  let head: SyntaxNode[] = [];
  for (const part of parts) {
    if (/^(?:try|except|else|finally)$/.test(part.name)) {
      keyword = part.name;
      head = [];
    } else if (part.name === 'Body') {
      clauses.push({ keyword, head, body: part });
    } else {
      head.push(part);
    }
  }
  return clauses;
}
