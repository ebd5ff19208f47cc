import type { SyntaxNode } from '../../config/python-source.ts';
import { hashOf } from '../values/equality.ts';
import { PyRaise } from '../values/exceptions.ts';
import { PyBuiltin, PyClass, PyDescriptor, PyFunction, PyInstance, PyIterator, PyReference, PyUnknown } from '../values/values.ts';
import type { Arguments, PyValue, Scope } from '../values/values.ts';
import { attributeOf } from './attributes.ts';
import { argumentsOf } from './call-arguments.ts';
import { annotatedNames } from './class-definition.ts';
import { settle, textAt, unknownAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';

/** Decorators that return the function's result unchanged. */
const harmless =
  /^@\s*(?:torch\.(?:no_grad|inference_mode|jit\.(?:ignore|unused|export))|nni\.trace|(?:abc\.)?abstractmethod|(?:typing\.)?(?:overload|final|override|no_type_check|runtime_checkable)|(?:enum\.)?unique)\b/;

const dataclass = /^@\s*(?:dataclasses\.)?dataclass\b/;

const cache = /^@\s*(?:functools\.)?(?:lru_)?cache\b/;

/**
 * Carries out the decorators of a function or class, the last one first; one that is not worked out leaves the name undecided.
 * @param before The value that the name had before the definition.
 */
export function decorate(run: Run, parts: readonly SyntaxNode[], inner: SyntaxNode, name: SyntaxNode, scope: Scope, before: PyValue | undefined): void {
  const key = textAt(run, name);
  for (const decorator of parts.filter((part) => part.name === 'Decorator').toReversed()) {
    const text = textAt(run, decorator);
    const made = scope.find(key);
    if (made === undefined) return;
    if (dataclass.test(text) && made instanceof PyClass) asDataclass(run, made, inner, decorator, scope);
    else if (!harmless.test(text)) scope.set(key, decorated(run, decorator, text, made, name, scope, before));
  }
}

function asDataclass(run: Run, made: PyClass, inner: SyntaxNode, decorator: SyntaxNode, scope: Scope): void {
  const list = childrenOf(decorator).find((part) => part.name === 'ArgList');
  const options = new Set<string>();
  for (const [option, value] of list ? argumentsOf(run, list, scope).named : []) {
    if (value === true) options.add(option);
    else if (value === false) options.add(`no-${option}`);
    else made.isStrange = true;
  }
  made.isStrange ||= options.has('kw_only') || options.has('no-init') || made.kind !== 'plain';
  made.fields = annotatedNames(run, inner);
  made.options = options;
}

function decorated(run: Run, decorator: SyntaxNode, text: string, made: PyValue, name: SyntaxNode, scope: Scope, before: PyValue | undefined): PyValue {
  const known = inClass(text, made, (owner) => (owner === textAt(run, name) ? before : scope.find(owner)));
  if (known !== undefined) return known;
  if (cache.test(text) && made instanceof PyFunction) return cached(run, made);
  if (/^@\s*(?:contextlib\.)?contextmanager\s*$/.test(text) && made instanceof PyFunction) return asContext(run, made);
  return settle(run, name, () => {
    const callee = calleeOf(run, decorator, scope);
    const isCalled = callee instanceof PyFunction || callee instanceof PyBuiltin || callee instanceof PyClass;
    return isCalled ? run.call(callee, { positional: [made], named: new Map() }) : unknownAt(run, name, 'unsupported');
  });
}

/** `property`, `x.setter`, `classmethod`, `staticmethod`. */
function inClass(text: string, made: PyValue, find: (name: string) => PyValue | undefined): PyValue | undefined {
  const word = /^@\s*([\w.]+)\s*$/.exec(text)?.[1] ?? '';
  if (word === 'property' || word === 'classmethod' || word === 'staticmethod') return new PyDescriptor(word, made);
  if (/^(?:functools\.)?cached_property$/.test(word)) return new PyDescriptor('cached', made);
  const [, owner = '', role = ''] = /^(\w+)\.(setter|deleter)$/.exec(word) ?? [];
  const property = owner === '' ? undefined : find(owner);
  if (!(property instanceof PyDescriptor)) return undefined;
  return role === 'setter' ? new PyDescriptor('property', property.get, made) : property;
}

/** The value of what stands behind `@`. */
function calleeOf(run: Run, decorator: SyntaxNode, scope: Scope): PyValue {
  const [, first, ...more] = childrenOf(decorator);
  let callee: PyValue = first ? run.evaluate(first, scope) : null;
  for (const part of more) {
    if (part.name === 'ArgList') {
      const { positional, named } = argumentsOf(run, part, scope);
      if (callee instanceof PyUnknown) return callee;
      callee = run.callAt(decorator, callee, positional, named);
    } else if (part.name !== '.') {
      callee = attributeOf(run, decorator, callee, textAt(run, part));
    }
  }
  return callee instanceof PyReference ? run.imported(callee.path) ?? callee : callee;
}

/** `lru_cache`: equal arguments give the same object again. */
function cached(run: Run, made: PyFunction): PyBuiltin {
  const known = new Map<string, PyValue>();
  return new PyBuiltin(made.name, (given) => {
    const key = JSON.stringify([given.positional.map(hashOf), [...given.named].map(([name, value]) => [name, hashOf(value)])]);
    const value = known.get(key) ?? run.call(made, given);
    known.set(key, value);
    return value;
  });
}

const contextClass = new PyClass('contextmanager', new Map(), []);
const contexts = new WeakMap<PyInstance, PyIterator>();

/** `contextmanager`: the generator runs up to its `yield`, and on when the block ends. */
function asContext(run: Run, made: PyFunction): PyBuiltin {
  return new PyBuiltin(made.name, (given: Arguments) => {
    const generator = run.call(made, given);
    if (!(generator instanceof PyIterator)) throw new PyRaise('TypeError', 'no generator');
    const context = new PyInstance(contextClass);
    contexts.set(context, generator);
    return context;
  });
}

/** The generator behind an object of `contextmanager`. */
export function contextOf(value: PyValue): PyIterator | undefined {
  return value instanceof PyInstance ? contexts.get(value) : undefined;
}
