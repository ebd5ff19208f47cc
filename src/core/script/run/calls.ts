import type { SyntaxNode } from '../../config/python-source.ts';
import { findException } from '../values/built-in-classes.ts';
import { isOpenModel } from './attributes.ts';
import { isConfigLike } from '../lists/candidates.ts';
import { findInClass } from '../values/classes.ts';
import { bindParameters } from './parameters.ts';
import { deepestCalls, isRaise, keyOf, lineAt, settle, textAt, TooMuchWork, unknownAt, weightOf, type Run } from './run.ts';
import { generatorOf, isGenerator } from './generators.ts';
import { makeObject } from './objects.ts';
import { allOf, SetOrder } from '../values/sequences.ts';
import { statementsOf, type Execution } from './execution.ts';
import { takeSnapshot } from './snapshot.ts';
import { childrenOf } from './syntax.ts';
import { noteParser } from './parsers.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyBuiltin, PyClass, PyDeque, PyDescriptor, PyDict, PyFunction, PyInstance, PyIterator, PyList, PyReference, PyUnknown } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

/** Classes of NNI that take a config list, or another such object. */
const compressor = /(?:^|\.)(\w*(?:Pruner|Quantizer|Distiller))(?:\.from_compressor)?$/;

/** NNI spells it so. */
const addsGroups = /(?:^|\.)auto_set_(?:denpendency|dependency)_group_ids$/;

/** Functions from outside that change their first argument in place. */
const changesArgument = /^(?:(?:np|numpy)\.)?random\.(?:\w+\.)?shuffle$|^(?:random\.Random\(.*\)|rng|rnd|gen)\.shuffle$|^heapq\.(?:heapify|heappush|heappop)|^bisect\.insort/;

/** Packages whose functions leave lists as they are. */
const wellKnown = /^(?:nni|torch|torchvision|transformers|json|yaml|pprint|logging|wandb|rich|tqdm|builtins)(?:\.|$)/;

const changingMethods: ReadonlySet<string> = new Set(
  'append appendleft extend extendleft insert pop popleft popitem remove clear sort reverse rotate update subtract setdefault add discard move_to_end difference_update'.split(' '),
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
      const body = statementsOf(childrenOf(callee.node).find(({ name }) => name === 'Body'));
      if (isGenerator(callee)) return generatorOf(execution, body, scope, nest);
      const completion = execution.executeBlock(body, scope);
      if (completion.type === 'undecided') return new PyUnknown(completion.roots, false);
      return completion.type === 'return' ? completion.value : null;
    } finally {
      depth--;
    }
  }

  /** Counts the code of a generator as a call while it runs. */
  function nest(): () => void {
    if (depth >= deepestCalls) throw new TooMuchWork();
    depth++;
    return () => depth--;
  }

  function construct(made: PyClass, given: Arguments | null): PyValue {
    called.add(made);
    return makeObject(made, given, callFunction);
  }

  /** A call of code that is not in the source. */
  function callOutside(node: SyntaxNode, callee: PyValue, given: Arguments): PyValue {
    const source = keyOf(textAt(run, node.firstChild ?? node));
    const path = callee instanceof PyReference ? callee.path : source;
    const parsed = noteParser(run, path, source, given);
    if (parsed !== undefined) return parsed;
    const className = compressor.exec(path)?.[1] ?? compressor.exec(source)?.[1];
    if (className !== undefined) return callCompressor(node, className, given);
    if (addsGroups.test(path)) return withoutGroups(node, given);
    if (changesArgument.test(path) || changesArgument.test(source)) loseFirst(node, given);
    const appendedTo = given.positional.length === 1 ? /^(\w+)\.append$/.exec(source)?.[1] : undefined;
    if (appendedTo !== undefined) candidates.appended(appendedTo, given.positional[0]!, node);
    else for (const value of given.positional) candidates.handed('', value, node);
    for (const [name, value] of given.named) candidates.handed(name, value, node);
    noteUnseen(node, callee, source, given);
    const result = notOpenModel(path, unknownAt(run, node, 'call'));
    if (result instanceof PyUnknown) {
      for (const value of [...given.positional, ...given.named.values()]) if (value instanceof PyFunction) mayCall(value, result.roots);
    }
    return result;
  }

  /** A layer of torch that the script makes is not the open model, if that is of another class. */
  function notOpenModel(path: string, result: PyValue): PyValue {
    const made = /^torch\.nn\.([A-Z]\w*)$/.exec(path)?.[1];
    if (made === undefined || !run.model || !(result instanceof PyUnknown)) return result;
    return isOpenModel(run, made) ? result : new PyUnknown(result.roots, result.isOpaque, false);
  }

  /** A function that is imported, or that nothing defines, may change the list that it is given: it is taken not to, and that is said. */
  function noteUnseen(node: SyntaxNode, callee: PyValue, source: string, { positional, named }: Arguments): void {
    const isSeen = callee instanceof PyReference ? callee.root === null || wellKnown.test(callee.path) : !/^\w+$/.test(source);
    if (isSeen || ![...positional, ...named.values()].some((value) => isConfigLike(value))) return;
    execution.assumed.add(`Line ${lineAt(run.source, node.from)}: ${source}(…) is not in the source. It is taken not to change the list.`);
  }

  /** The first argument is changed in a way that is not worked out. */
  function loseFirst(node: SyntaxNode, { positional: [first = null] }: Arguments): void {
    const unknown = unknownAt(run, node, 'call');
    const isChanged = first instanceof PyList || first instanceof PyDict || first instanceof PyDeque;
    if (isChanged && unknown instanceof PyUnknown) first.unsure = joinRoots(first.unsure, unknown.roots);
  }

  /** Code outside of the source may call a function of it (`model.apply(visit)`): all that it changes is then not decided. */
  function mayCall(callee: PyFunction, roots: readonly Root[]): void {
    const [isCalled, before, defined] = [called.has(callee.node), candidates.found.length, execution.defined.length];
    const snapshot = takeSnapshot(run, callee.scope);
    let mark: ReturnType<typeof snapshot.changes> | null = null;
    try {
      const made = callFunction(callee, null);
      if (made instanceof PyIterator) allOf(made);
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
    if (callee instanceof PyInstance && callee.made.call !== null) {
      const method = findInClass(callee.made, '__call__');
      if (method instanceof PyFunction) return callFunction(method.boundTo(callee), given);
    }
    if (callee instanceof PyReference) {
      const known = run.imported(callee.path);
      if (known) return callBuiltin(node, known, given);
      const raised = findException(callee.path);
      if (raised) return construct(raised, given);
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

  /** Runs a function with unknown parameters; of a generator all its items. */
  function runAlone(callee: PyFunction): void {
    const made = callFunction(callee, null);
    if (made instanceof PyIterator) allOf(made);
  }

  return {
    callValue,
    /** Runs a function or class that nothing calls, with its parameters unknown. */
    runUncalled(callee: PyFunction | PyClass): void {
      if (callee instanceof PyFunction) {
        runAlone(callee);
        return;
      }
      if (callee.kind !== 'plain' && callee.kind !== 'exception') return;
      const instance = callee.isStrange ? null : construct(callee, null);
      for (const attribute of callee.attributes.values()) {
        const method = attribute instanceof PyDescriptor ? attribute.get : attribute;
        if (!(method instanceof PyFunction) || called.has(method.node)) continue;
        if (attribute instanceof PyDescriptor && attribute.kind === 'staticmethod') runAlone(method);
        else if (attribute instanceof PyDescriptor && attribute.kind === 'classmethod') runAlone(method.boundTo(callee));
        else runAlone(instance === null ? method : method.boundTo(instance));
      }
    },
  };
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
