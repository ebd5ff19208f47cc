import type { SyntaxNode } from '../../config/python-source.ts';
import { raisedClass } from '../values/built-in-classes.ts';
import { isSubclass } from '../values/classes.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyClass, PyInstance, PyReference, PyTuple } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';
import { statementsOf, tryBranches, undecidedRoots, type Completion, type Execution } from './execution.ts';
import { isRaise, lineAt, textAt, unknownAt } from './run.ts';
import { childrenOf } from './syntax.ts';
import { isTrue } from '../values/equality.ts';

export interface Clause {
  readonly keyword: string;
  readonly head: readonly SyntaxNode[];
  readonly body: SyntaxNode;
}

/** `try`: a handler runs when its exception is raised, and `finally` in any case. */
export function attempt(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const clauses = clausesOf(parts);
  const bodyOf = (keyword: string) => statementsOf(clauses.find((clause) => clause.keyword === keyword)?.body);
  const inner = (): Completion => {
    const missing = missingImport(execution, clauses);
    if (missing) return importOrElse(execution, clauses, missing, scope);
    const before = execution.run.unknowns();
    execution.run.tries++;
    try {
      const completion = execution.executeBlock(bodyOf('try'), scope);
      if (execution.run.unknowns() > before) assumeNoRaise(execution, clauses);
      return completion.type === 'next' ? execution.executeBlock(bodyOf('else'), scope) : completion;
    } catch (error) {
      if (!isRaise(error)) throw error;
      const handler = handlerOf(execution, clauses, error, scope);
      if (!handler) throw error;
      const around = execution.handled;
      execution.handled = error;
      try {
        return execution.executeBlock(statementsOf(handler.body), scope);
      } finally {
        execution.handled = around;
        // The name behind `as` ends with its handler.
        const as = handler.head.findIndex(({ name }) => name === 'as');
        if (as >= 0) scope.delete(textAt(execution.run, handler.head[as + 1]!));
      }
    } finally {
      execution.run.tries--;
    }
  };
  let completion: Completion;
  try {
    completion = inner();
  } catch (error) {
    if (isRaise(error)) {
      const last = execution.executeBlock(bodyOf('finally'), scope);
      // `return` in `finally` ends the exception.
      if (last.type !== 'next') return last;
    }
    throw error;
  }
  const last = execution.executeBlock(bodyOf('finally'), scope);
  return last.type === 'next' ? completion : last;
}

/** The handler of an exception; the name behind `as` is set to it. */
export function handlerOf({ run }: Execution, clauses: readonly Clause[], error: PyRaise, scope: Scope): Clause | undefined {
  const raised = error.object instanceof PyInstance ? error.object : exceptionOf(error);
  for (const clause of clauses) {
    if (clause.keyword !== 'except') continue;
    const [caught] = clause.head;
    if (caught?.name === '*') throw new NotSupported();
    if (caught && !catches(run.evaluate(caught, scope), raised)) continue;
    const as = clause.head.findIndex(({ name }) => name === 'as');
    const target = as >= 0 ? clause.head[as + 1] : undefined;
    if (target) scope.set(textAt(run, target), raised);
    return clause;
  }
  return undefined;
}

/** The object that Python makes for an exception of an operation. */
function exceptionOf({ type, detail }: PyRaise): PyInstance {
  const made = raisedClass(type);
  if (!made) throw new NotSupported();
  const object = new PyInstance(made);
  object.isOpen = true;
  // The words of an exception differ between versions; those of a missing key do not.
  if (type === 'KeyError' && /^(?:'[^'\\]*'|-?\d+)$/.test(detail)) {
    object.attributes.set('args', new PyTuple([detail.startsWith("'") ? detail.slice(1, -1) : BigInt(detail)]));
  }
  return object;
}

function catches(given: PyValue, raised: PyInstance): boolean {
  const asked = decided(given);
  if (asked instanceof PyTuple) return asked.items.some((item) => catches(item, raised));
  if (asked instanceof PyClass) return isSubclass(raised.made, asked);
  // An exception of a package: none that Python itself raises.
  if (asked instanceof PyReference) return false;
  throw new NotSupported();
}

/** Packages that are taken to be there: a script about NNI needs them, or they come with Python. */
const certain =
  /^(?:__future__|abc|argparse|ast|collections|contextlib|copy|csv|dataclasses|datetime|enum|functools|io|itertools|json|logging|math|nni|numpy|operator|os|pathlib|pickle|pprint|random|re|string|sys|tempfile|textwrap|time|torch|types|typing|unittest|warnings)(?:\.|$)/;

/** The first import in `try` of a package that may be missing, where a handler takes that. */
function missingImport({ run }: Execution, clauses: readonly Clause[]): SyntaxNode | undefined {
  const isCaught = clauses.some(({ keyword, head }) => keyword === 'except' && (!head[0] || /\b(?:ImportError|ModuleNotFoundError|Exception|BaseException)\b/.test(textAt(run, head[0]))));
  if (!isCaught) return undefined;
  return statementsOf(clauses[0]?.body).find((statement) => {
    const [, path = ''] = /^\s*(?:from|import)\s+([\w.]+)/.exec(textAt(run, statement)) ?? [];
    return statement.name === 'ImportStatement' && !certain.test(path);
  });
}

/** Whether a package is there is not known: either the body runs, or the handler. */
function importOrElse(execution: Execution, clauses: readonly Clause[], node: SyntaxNode, scope: Scope): Completion {
  const bodies = (keyword: string) => statementsOf(clauses.find((clause) => clause.keyword === keyword)?.body);
  const present = () => execution.executeBlock([...bodies('try'), ...bodies('else')], scope);
  const absent = () => execution.executeBlock(bodies('except'), scope);
  // Most handlers only print, or stop: then the package is there.
  if (bodies('except').every((statement) => isHarmless(execution, statement)) && clauses.filter(({ keyword }) => keyword === 'except').length === 1) return present();
  const value = unknownAt(execution.run, node, 'import');
  const roots = undecidedRoots(value);
  if (roots) return tryBranches(execution, [present, absent], scope, roots);
  return isTrue(value) ? present() : absent();
}

/** Whether a statement changes nothing, or ends the script. */
function isHarmless({ run }: Execution, statement: SyntaxNode): boolean {
  if (statement.name === 'PassStatement' || statement.name === 'RaiseStatement') return true;
  return statement.name === 'ExpressionStatement' && /^(?:print|warnings\.warn|\w*logg\w*\.\w+|logging\.\w+|(?:sys\.)?exit|quit)\s*\(/.test(textAt(run, statement));
}

/** Code outside of the source may raise: the handlers are taken not to run, and that is said. */
function assumeNoRaise(execution: Execution, clauses: readonly Clause[]): void {
  const handlers = clauses.filter(({ keyword }) => keyword === 'except');
  const matters = handlers.some(({ body }) => statementsOf(body).some((statement) => !isHarmless(execution, statement)));
  const [first] = clauses;
  if (matters && first) execution.assumed.add(`Line ${lineAt(execution.run.source, first.body.from)}: the code below “try” is taken to raise no exception.`);
}

export function clausesOf(parts: readonly SyntaxNode[]): readonly Clause[] {
  const clauses: Clause[] = [];
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

/** `raise`, `raise KeyError`, `raise KeyError('a') from error`. */
export function raise(execution: Execution, node: SyntaxNode, scope: Scope): never {
  const [, expression] = childrenOf(node);
  if (!expression) throw execution.handled ?? new PyRaise('RuntimeError', 'No active exception to reraise');
  const value = execution.run.evaluate(expression, scope);
  const object = value instanceof PyClass ? execution.run.call(value, { positional: [], named: new Map() }) : value;
  if (object instanceof PyInstance) throw new PyRaise(object.made.name, '', object);
  throw new PyRaise(textAt(execution.run, expression).replace(/\(.*$/s, '').replaceAll(/\s+/g, ' ').trim(), '');
}
