import { parsePython, type SyntaxNode } from '../config/python-source.ts';
import type { FindCharacter } from '../config/python-strings.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { fail, succeed, type Result } from '../result.ts';
import { placeInText } from '../text/line-and-column.ts';
import { Candidates } from './lists/candidates.ts';
import { describeLists, type ScriptList } from './lists/script-list.ts';
import { toConfig } from './lists/to-config.ts';
import { findImported } from './built-ins/builtins.ts';
import { findReFunction } from './built-ins/re-functions.ts';
import { createCalls } from './run/calls.ts';
import type { Execution } from './run/execution.ts';
import { evaluateExpression } from './run/expressions.ts';
import { loseStatement } from './run/lose-statement.ts';
import { isRaise, keyOf, mostSteps, settle, TooMuchWork, unknownAt, type Run } from './run/run.ts';
import { takeSnapshot } from './run/snapshot.ts';
import { executeBlock } from './run/statements.ts';
import { childrenOf } from './run/syntax.ts';
import { PyRaise } from './values/exceptions.ts';
import { createModelValues } from './values/model-values.ts';
import type { Root } from './values/roots.ts';
import { PyUnknown, Scope, type PyClass, type PyFunction, type PyValue } from './values/values.ts';

export type { ScriptCall, ScriptList } from './lists/script-list.ts';
export type { Hole, Misfit } from './lists/to-config.ts';
export type { Root, RootReason } from './values/roots.ts';

/** The options for reading a script. */
export interface ScriptOptions {
  /** For `\N{…}`, which cannot be read without it. */
  readonly findCharacter?: FindCharacter;
  /** The model that is open, for `model.named_modules()`. */
  readonly tree?: ModuleTree | null;
  /** Python literals for the values that the script leaves open, by the expression (`args.sparsity`). */
  readonly given?: ReadonlyMap<string, string>;
}

export interface ScriptReading {
  /** The text that lines and offsets count: the source itself, or the rest of it without quotes and prompts. */
  readonly source: string;
  /** In the order of the source, at least one. */
  readonly lists: readonly ScriptList[];
  /** Assumptions about classes of the model, by sentence. */
  readonly assumed: readonly string[];
  /** Lines at which Python would stop with an exception. */
  readonly raised: readonly { readonly line: number; readonly error: string }[];
  /** Expressions that were given a value, but that the script does not leave open. */
  readonly unmet: readonly string[];
}

/** Why no list could be read. */
export type ScriptError =
  /** Nothing in the source makes a config list. */
  | { readonly type: 'no-list' }
  /** The script takes more work than is done here, and no list was made before. */
  | { readonly type: 'too-large'; readonly line: number }
  /** A value for an undecided expression is no Python literal. */
  | { readonly type: 'bad-value'; readonly key: string; readonly value: string };

/**
 * Works out the config lists that a Python script makes, without running it: literals, names, arithmetic, texts,
 * comprehensions, loops, conditions, functions and classes of the script, and its questions to the open model. A value that the
 * script does not decide (`args.sparsity`) is a hole with its place. Work is bounded. Never throws (rule E5).
 */
export function readScript(source: string, options: ScriptOptions = {}): Result<ScriptReading, ScriptError> {
  const given = new Map<string, PyValue>();
  for (const [key, text] of options.given ?? []) {
    const value = readLiteral(text, options);
    if (value === undefined) return fail({ type: 'bad-value', key, value: text });
    given.set(keyOf(key), value);
  }
  const candidates = new Candidates();
  const execution = createExecution(source, options, given, candidates);
  const { run } = execution;
  const called = new Set<PyFunction | PyClass | SyntaxNode>();
  const calls = createCalls(execution, called);
  execution.calls.callValue = calls.callValue;
  const scope = new Scope('script', null);
  const tree = parsePython(source);

  guarded(execution, scope, () => {
    for (const statement of childrenOf(tree.topNode)) guarded(execution, scope, () => executeBlock(execution, [statement], scope), statement);
  });
  candidates.freeze();
  for (let at = 0; at < execution.defined.length; at++) {
    const callee = execution.defined[at]!;
    if (called.has(callee) || ('node' in callee && called.has(callee.node))) continue;
    const before = candidates.found.length;
    const snapshot = takeSnapshot(run, scope);
    // Nothing says when a loop of such a function ends: it leaves work for the others.
    run.allow(mostSteps / 10, () => guarded(execution, scope, () => calls.runUncalled(callee), 'node' in callee ? callee.node : undefined));
    candidates.freeze(before);
    snapshot.restore();
  }

  const lists = describeLists(candidates.found, source);
  if (lists.length === 0) {
    const stopped = [...execution.raised].find(([, { type }]) => type === tooMuchWork);
    return fail(stopped ? { type: 'too-large', line: stopped[0] } : { type: 'no-list' });
  }
  return succeed({
    source,
    lists,
    assumed: [...execution.assumed, ...(run.model?.assumed ?? []), ...begunOutside(candidates)],
    raised: [...execution.raised].map(([line, { type, detail }]) => ({ line, error: detail === '' ? type : `${type}: ${detail}` })),
    unmet: [...given.keys()].filter((key) => !run.met.has(key)),
  });
}

/** The value of a Python literal, as `--set` and the import dialog take it; `undefined` for anything else. */
function readLiteral(text: string, options: ScriptOptions): PyValue | undefined {
  const statements = childrenOf(parsePython(text.trim()).topNode);
  const expression = statements.length === 1 && statements[0]!.name === 'ExpressionStatement' ? statements[0]!.firstChild : null;
  if (!expression) return undefined;
  const execution = createExecution(text.trim(), { ...options, tree: null }, new Map(), new Candidates());
  try {
    const value = execution.run.evaluate(expression, new Scope('script', null));
    return value instanceof PyUnknown || toConfig(value).holes.length > 0 ? undefined : value;
  } catch (error) {
    if (isRaise(error) || error instanceof TooMuchWork) return undefined;
    throw error;
  }
}

interface CallTable {
  callValue: (node: SyntaxNode | null, callee: PyValue, given: { positional: readonly PyValue[]; named: ReadonlyMap<string, PyValue> }) => PyValue;
}

function createExecution(
  source: string,
  { findCharacter = () => null, tree = null }: ScriptOptions,
  given: ReadonlyMap<string, PyValue>,
  candidates: Candidates,
): Execution & { readonly calls: CallTable } {
  let steps = 0;
  let unknowns = 0;
  let limit = mostSteps;
  const calls: CallTable = {
    callValue: () => {
      throw new TooMuchWork();
    },
  };
  const run: Run = {
    source,
    findCharacter,
    model: tree ? createModelValues(tree) : null,
    given,
    met: new Set(),
    attributes: new Map(),
    parserDefaults: new Map(),
    parsers: { count: 0, values: new Map(), isWhole: true },
    tries: 0,
    unknowns: () => unknowns,
    countUnknown() {
      unknowns++;
    },
    imported: (path) => findImported(path, run.call) ?? findReFunction(path, run.call),
    step(weight = 1) {
      steps += weight;
      if (steps > limit) throw new TooMuchWork();
    },
    allow(most, work) {
      limit = Math.min(steps + most, mostSteps);
      try {
        work();
      } finally {
        limit = mostSteps;
      }
    },
    evaluate: (node, scope) => evaluateExpression(run, node, scope),
    call: (callee, args) => calls.callValue(null, callee, args),
    callAt: (node, callee, positional, named) => calls.callValue(node, callee, { positional, named }),
  };
  const execution: Execution & { readonly calls: CallTable } = {
    run,
    candidates,
    defined: [],
    raised: new Map(),
    assumed: new Set(),
    handled: null,
    calls,
    executeBlock: (statements, scope) => executeBlock(execution, statements, scope),
  };
  return execution;
}

/** Continues after an exception that would stop Python, and notes the line. */
function guarded(execution: Execution, scope: Scope, work: () => void, node?: SyntaxNode): void {
  const before = execution.candidates.found.length;
  try {
    work();
  } catch (error) {
    if (isRaise(error)) {
      note(execution, node, error);
      if (node?.name === 'AssignStatement') leaveUnset(execution, node, scope);
    } else if (error instanceof TooMuchWork || error instanceof RangeError) {
      // A function that nothing calls and that makes no list is of no interest.
      if (node?.name === 'FunctionDefinition' && execution.candidates.found.length === before) return;
      note(execution, node, new PyRaise(tooMuchWork, 'the script takes more work than is done here'));
      if (!node) return;
      const root = rootOf(execution.run.source, node);
      execution.candidates.stopped(before, root, execution.run.source.slice(node.from, node.to));
      loseStatement(execution.run, node, scope, [root]);
    } else {
      settle(execution.run, node!, () => {
        throw error;
      });
    }
  }
}

/** The expression that was being evaluated when the work limit was reached. */
function rootOf(source: string, { from, to }: SyntaxNode): Root {
  return { key: keyOf(source.slice(from, to).split('\n', 1)[0]!), from, to, reason: 'too-large', suggestion: null };
}

function begunOutside({ begunOutside: lists }: Candidates): readonly string[] {
  return [...lists.keys()].map((name) => `${name} is taken to begin as an empty list: nothing in the source sets it.`);
}

const tooMuchWork = 'TooMuchWork';

/** The name of an assignment that raises is not decided. */
function leaveUnset({ run, candidates }: Execution, statement: SyntaxNode, scope: Scope): void {
  const target = statement.firstChild;
  if (target?.name !== 'VariableName') return;
  const value = unknownAt(run, target, 'raises');
  const name = run.source.slice(target.from, target.to);
  scope.set(name, value);
  candidates.assigned(name, value, target);
}

function note({ run, raised }: Execution, node: SyntaxNode | undefined, error: PyRaise): void {
  if (node) raised.set(placeInText(run.source, node.from).line, error);
}
