import type { SyntaxNode } from '../../config/python-source.ts';
import { findInClass } from './attributes.ts';
import { findImported } from '../built-ins/builtins.ts';
import { bindParameters } from './parameters.ts';
import { deepestCalls, isRaise, keyOf, lineAt, settle, textAt, TooMuchWork, unknownAt, weightOf, type Run } from './run.ts';
import { findReFunction } from '../built-ins/re-functions.ts';
import { SetOrder } from '../values/sequences.ts';
import { statementsOf, type Execution } from './execution.ts';
import { takeSnapshot } from './snapshot.ts';
import { childrenOf } from './syntax.ts';
import { reprOf } from '../values/text-of.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyBuiltin, PyClass, PyDict, PyFunction, PyInstance, PyList, PyReference, PyUnknown } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

/** Classes of NNI that take a config list, or another such object. */
const compressor = /(?:^|\.)(\w*(?:Pruner|Quantizer|Distiller))(?:\.from_compressor)?$/;

/** NNI spells it so. */
const addsGroups = /(?:^|\.)auto_set_(?:denpendency|dependency)_group_ids$/;

const changingMethods: ReadonlySet<string> = new Set(
  'append extend insert pop remove clear sort reverse update setdefault add discard'.split(' '),
);

/** Functions that do not iterate over their arguments. */
const quickFunctions: ReadonlySet<string> = new Set('len print isinstance type hasattr getattr append add'.split(' '));

/** Methods that do not iterate over their object. */
const quickMethods: ReadonlySet<string> = new Set('append add get pop setdefault discard extend update'.split(' '));

/** Carries out the calls of the script. */
export function createCalls(execution: Execution, called: Set<PyFunction | PyClass | SyntaxNode>) {
  const { run, candidates } = execution;
  let depth = 0;

  function callFunction(callee: PyFunction, given: Arguments | null): PyValue {
    if (++depth > deepestCalls) {
      depth--;
      throw new TooMuchWork();
    }
    called.add(callee.node);
    try {
      const scope = bindParameters(run, callee, given);
      if (callee.node.name === 'LambdaExpression') return run.evaluate(callee.node.lastChild!, scope);
      if (callee.node.firstChild?.name === 'async') throw new NotSupported();
      const body = childrenOf(callee.node).find(({ name }) => name === 'Body');
      const completion = execution.executeBlock(statementsOf(body), scope);
      if (scope.yielded) return new PyList(scope.yielded);
      if (completion.type === 'undecided') return new PyUnknown(completion.roots, false);
      return completion.type === 'return' ? completion.value : null;
    } finally {
      depth--;
    }
  }

  function construct(made: PyClass, given: Arguments | null): PyValue {
    called.add(made);
    const instance = new PyInstance(made);
    const start = findInClass(made, '__init__');
    if (start instanceof PyFunction) {
      callFunction(new PyFunction(start.name, start.node, start.scope, start.defaults, instance), given);
    } else if (given && made.fields !== null) {
      fillFields(made, instance, given);
    } else if (given) {
      for (const [name, value] of given.named) instance.attributes.set(name, value);
      if (given.positional.length > 0) throw new NotSupported();
    }
    return instance;
  }

  /** What a dataclass does with its arguments. */
  function fillFields(made: PyClass, instance: PyInstance, { positional, named }: Arguments): void {
    const fields = made.allFields() ?? [];
    if (positional.length > fields.length || [...named.keys()].some((name) => !fields.includes(name))) throw new PyRaise('TypeError', 'unexpected argument');
    for (const [at, name] of fields.entries()) {
      const value = positional[at] ?? named.get(name) ?? findInClass(made, name);
      if (value === undefined) throw new PyRaise('TypeError', `missing argument: ${name}`);
      const isFactory = value instanceof PyBuiltin && value.name === 'field';
      instance.attributes.set(name, isFactory ? value.call({ positional: [], named: new Map() }) : value);
    }
    const after = findInClass(made, '__post_init__');
    if (after instanceof PyFunction) callFunction(new PyFunction(after.name, after.node, after.scope, after.defaults, instance), { positional: [], named: new Map() });
  }

  /** A call of code that is not in the source. */
  function callOutside(node: SyntaxNode, callee: PyValue, given: Arguments): PyValue {
    const source = keyOf(textAt(run, node.firstChild ?? node));
    const path = callee instanceof PyReference ? callee.path : source;
    if (source.endsWith('.add_argument')) noteDefault(run, given);
    const className = compressor.exec(path)?.[1] ?? compressor.exec(source)?.[1];
    if (className !== undefined) return callCompressor(node, className, given);
    if (addsGroups.test(path)) return withoutGroups(node, given);
    const appendedTo = given.positional.length === 1 ? /^(\w+)\.append$/.exec(source)?.[1] : undefined;
    if (appendedTo !== undefined) candidates.appended(appendedTo, given.positional[0]!, node);
    else for (const value of given.positional) candidates.handed('', value, node);
    for (const [name, value] of given.named) candidates.handed(name, value, node);
    const result = unknownAt(run, node, 'call');
    if (result instanceof PyUnknown) {
      for (const value of [...given.positional, ...given.named.values()]) if (value instanceof PyFunction) mayCall(value, result.roots);
    }
    return result;
  }

  /** Code outside of the source may call a function of it (`model.apply(visit)`): all that it changes is then not decided. */
  function mayCall(callee: PyFunction, roots: readonly Root[]): void {
    const [isCalled, before, defined] = [called.has(callee.node), candidates.found.length, execution.defined.length];
    const snapshot = takeSnapshot(run, callee.scope);
    let mark: ReturnType<typeof snapshot.changes> | null = null;
    try {
      callFunction(callee, null);
      mark = snapshot.changes();
    } catch (error) {
      if (!isRaise(error) && !(error instanceof NotSupported) && !(error instanceof NeedsUnknown)) throw error;
      mark = snapshot.changes();
    } finally {
      snapshot.restore();
      // A function that only might be called makes its lists when it is tried by itself.
      candidates.found.length = before;
      execution.defined.length = defined;
      if (!isCalled) called.delete(callee.node);
    }
    mark(roots);
  }

  /** NNI's function traces the model: it gives the list that it is given, with dependency groups added. */
  function withoutGroups(node: SyntaxNode, { positional, named }: Arguments): PyValue {
    const list = positional[1] ?? named.get('config_list');
    if (list === undefined) return unknownAt(run, node, 'call');
    execution.assumed.add(
      `Line ${lineAt(run.source, node.from)} adds dependency groups (auto_set_denpendency_group_ids). They are not in this list: they follow from the data flow of the model.`,
    );
    return list;
  }

  function callCompressor(node: SyntaxNode, className: string, { positional, named }: Arguments): PyValue {
    const sources = argumentSources(run, node);
    const given = [
      ...positional.map((value, at) => ({ name: null, value, source: sources.positional[at] ?? '' })),
      ...[...named].map(([name, value]) => ({ name, value, source: sources.named.get(name) ?? '' })),
    ];
    const inner = given.map(({ value }) => candidates.callOf(value)).find((call) => call !== null) ?? null;
    const result = new PyInstance(new PyClass(className, new Map(), []));
    candidates.called({ className, node, given, inner }, result);
    return result;
  }

  function callValue(node: SyntaxNode | null, callee: PyValue, given: Arguments): PyValue {
    if (callee instanceof PyBuiltin) {
      const made = callBuiltin(node, callee, given);
      if (made instanceof PyDict && callee.name === 'dict') made.node = node;
      return made;
    }
    if (callee instanceof PyFunction) return callFunction(callee, given);
    if (callee instanceof PyClass) {
      const className = compressor.exec(callee.name)?.[1];
      return className !== undefined && node ? callCompressor(node, className, given) : construct(callee, given);
    }
    if (callee instanceof PyReference) {
      const known = findImported(callee.path, run.call) ?? findReFunction(callee.path);
      if (known) return known.call(given);
      if (/^(?:os\._|sys\.)?exit$/.test(callee.path)) throw new PyRaise('SystemExit', '');
    }
    if (!node) throw new NotSupported();
    if (callee === null || typeof callee !== 'object') throw new PyRaise('TypeError', 'the value is not callable');
    return callOutside(node, callee, given);
  }

  function callBuiltin(node: SyntaxNode | null, callee: PyBuiltin, given: Arguments): PyValue {
    const { owner } = callee;
    if (!quickFunctions.has(callee.name)) for (const value of given.positional) run.step(weightOf(value));
    if (owner && !quickMethods.has(callee.name)) run.step(weightOf(owner));
    if (!owner || !(callee.isOpen || changingMethods.has(callee.name))) return callee.call(given);
    try {
      return callee.call(given);
    } catch (error) {
      // The change may or may not have been made: the value is no longer decided.
      if (error instanceof NeedsUnknown) owner.unsure = joinRoots(owner.unsure, error.roots);
      else if (node && (error instanceof NotSupported || error instanceof SetOrder)) {
        const unknown = settle(run, node, () => {
          throw error;
        });
        if (unknown instanceof PyUnknown) owner.unsure = joinRoots(owner.unsure, unknown.roots);
      }
      throw error;
    }
  }

  return {
    callValue,
    /** Runs a function or class that nothing calls, with its parameters unknown. */
    runUncalled(callee: PyFunction | PyClass): void {
      if (callee instanceof PyFunction) {
        callFunction(callee, null);
        return;
      }
      const instance = construct(callee, null);
      for (const method of callee.attributes.values()) {
        if (!(method instanceof PyFunction) || called.has(method.node)) continue;
        callFunction(new PyFunction(method.name, method.node, method.scope, method.defaults, instance), null);
      }
    },
  };
}

/** Notes the default of `parser.add_argument('--sparsity', default=0.5)`: it is offered where `args.sparsity` is asked for. */
function noteDefault(run: Run, { positional, named }: Arguments): void {
  const long = positional.find((value) => typeof value === 'string' && value.startsWith('--')) ?? positional[0];
  const given = named.get('dest') ?? long;
  const value = named.get('default') ?? (named.get('action') === 'store_true' ? false : undefined);
  if (typeof given !== 'string' || value === undefined) return;
  try {
    run.parserDefaults.set(given.replace(/^-+/, '').replaceAll('-', '_'), reprOf(value));
  } catch (error) {
    if (!(error instanceof NeedsUnknown || error instanceof NotSupported)) throw error;
  }
}

/** The arguments of a call as written. */
function argumentSources(run: Run, node: SyntaxNode) {
  const positional: string[] = [];
  const named = new Map<string, string>();
  const list = childrenOf(node).find(({ name }) => name === 'ArgList');
  const parts = list ? childrenOf(list).filter(({ name }) => !'(),'.includes(name)) : [];
  for (let at = 0; at < parts.length; at++) {
    if (parts[at + 1]?.name === 'AssignOp' && parts[at + 2]) {
      named.set(textAt(run, parts[at]!), keyOf(textAt(run, parts[at + 2]!)));
      at += 2;
    } else {
      positional.push(keyOf(textAt(run, parts[at]!)));
    }
  }
  return { positional, named };
}
