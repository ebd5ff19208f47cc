import type { SyntaxNode } from '../../config/python-source.ts';
import { findInClass, lookupOrder } from '../values/classes.ts';
import { isEqual } from '../values/equality.ts';
import { NotSupported } from '../values/exceptions.ts';
import { PyBuiltin, PyClass, PyDescriptor, PyFunction, PyInstance, PyReference, PyTuple, Scope } from '../values/values.ts';
import type { ClassKind, PyValue } from '../values/values.ts';
import { statementsOf, type Execution } from './execution.ts';
import { textAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';

/** Bases that add nothing that a config list could depend on. */
const harmlessBases: ReadonlySet<string> = new Set(['abc.ABC', 'typing.Generic', 'typing.Protocol', 'typing_extensions.Protocol']);

const kinds: Readonly<Record<string, ClassKind>> = {
  'enum.Enum': 'enum',
  'enum.IntEnum': 'enum',
  'enum.StrEnum': 'enum',
  'typing.NamedTuple': 'named-tuple',
  'typing.TypedDict': 'typed-dict',
  'typing_extensions.TypedDict': 'typed-dict',
};

/** Methods that change how objects of a class are made or looked into. */
const strangeMethods = ['__new__', '__getattribute__', '__class_getitem__', '__set_name__', '__get__'];

/** `class`: its body runs at once. */
export function defineClass(execution: Execution, node: SyntaxNode, scope: Scope): void {
  const { run, defined } = execution;
  const parts = childrenOf(node);
  const name = parts.find((child) => child.name === 'VariableName');
  const body = parts.find((child) => child.name === 'Body');
  if (!name) return;
  const list = parts.find((child) => child.name === 'ArgList');
  const given: Bases = list ? basesOf(run, list, scope) : { values: [], named: new Map() };
  const inner = new Scope('class', scope);
  const before = defined.length;
  execution.executeBlock(statementsOf(body), inner);
  defined.length = before;
  const bases = given.values.filter((base) => !(base instanceof PyBuiltin) && !(base instanceof PyReference && (Object.hasOwn(kinds, base.path) || harmlessBases.has(base.path))));
  const made = new PyClass(textAt(run, name), inner.names, bases);
  made.call = run.call;
  made.isInFunction = scope.kind !== 'script';
  made.kind = kindOf(given.values);
  made.plainType = plainTypeOf(given.values);
  const builtIns = given.values.filter((base) => base instanceof PyBuiltin && base.name !== 'object');
  made.container = containerOf(given.values, made);
  const isKnown = (made.kind === 'enum' && made.plainType !== null) || made.container !== null;
  made.isStrange = !isUsual(given.named, bases) || builtIns.length > (isKnown ? 1 : 0) || isStrange(made);
  if (made.kind === 'named-tuple') made.fields = made.bases.length > 0 ? [] : annotatedNames(run, node);
  for (const value of inner.names.values()) own(made, value);
  if (made.kind === 'enum') makeMembers(run, made);
  const begin = bases.map((base) => (base instanceof PyClass ? findInClass(base, '__init_subclass__') : undefined)).find((found) => found instanceof PyFunction);
  if (begin) run.call(begin.boundTo(made), { positional: [], named: given.named });
  defined.push(made);
  scope.set(made.name, made);
}

/** Methods know the class that they are written in, for `super()`. */
function own(made: PyClass, value: PyValue): void {
  if (value instanceof PyFunction) value.definedIn ??= made;
  if (value instanceof PyDescriptor) for (const method of [value.get, value.set]) own(made, method);
}

interface Bases {
  readonly values: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}

/** Whether the keywords of a class statement change nothing, or are for `__init_subclass__`. */
function isUsual(named: ReadonlyMap<string, PyValue>, bases: readonly PyValue[]): boolean {
  const begins = bases.some((base) => base instanceof PyClass && findInClass(base, '__init_subclass__') !== undefined);
  return [...named.keys()].every((key) => key === 'total' || (begins && key !== 'metaclass'));
}

/** The bases of a class, and the keywords behind them. */
function basesOf(run: Run, list: SyntaxNode, scope: Scope): Bases {
  const parts = childrenOf(list).filter(({ name }) => !'(),'.includes(name));
  const values: PyValue[] = [];
  const named = new Map<string, PyValue>();
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    if (part.name === '*' || part.name === '**') {
      throw new NotSupported();
    } else if (parts[at + 1]?.name === 'AssignOp') {
      const value = parts[at + 2];
      if (value && !/^(?:abc\.)?ABCMeta$/.test(textAt(run, value))) named.set(textAt(run, part), run.evaluate(value, scope));
      at += 2;
    } else if (!/^(?:typing\.)?(?:Generic|Protocol)\s*\[/.test(textAt(run, part))) {
      values.push(run.evaluate(part, scope));
    }
  }
  return { values, named };
}

function kindOf(bases: readonly PyValue[]): ClassKind {
  for (const base of bases) {
    if (base instanceof PyReference && Object.hasOwn(kinds, base.path)) return kinds[base.path]!;
    if (base instanceof PyClass && base.kind !== 'plain') return base.kind;
  }
  return 'plain';
}

/** Special methods of dicts and lists that a class may have without being another kind of container. */
const harmlessMethods = /^__(?:init|getattr|setattr|delattr|repr|str|doc|module|qualname|dict|slots|call|hash)__$/;

/** Whether objects of a class are dicts or lists: they are worked out where the class changes none of their own methods. */
function containerOf(bases: readonly PyValue[], { attributes, kind }: PyClass): PyClass['container'] {
  let found: PyClass['container'] = null;
  for (const base of bases) {
    if (base instanceof PyBuiltin && (base.name === 'dict' || base.name === 'list')) found ??= base.name;
    if (base instanceof PyClass) found ??= base.container;
  }
  const isPlain = kind === 'plain' && [...attributes.keys()].every((name) => !/^__\w+__$/.test(name) || harmlessMethods.test(name));
  return found !== null && isPlain ? found : null;
}

function plainTypeOf(bases: readonly PyValue[]): PyClass['plainType'] {
  for (const base of bases) {
    if (base instanceof PyBuiltin && (base.name === 'str' || base.name === 'int')) return base.name;
    if (base instanceof PyReference && base.path === 'enum.IntEnum') return 'int';
    if (base instanceof PyReference && base.path === 'enum.StrEnum') return 'str';
    if (base instanceof PyClass && base.plainType !== null) return base.plainType;
  }
  return null;
}

function isStrange(made: PyClass): boolean {
  if (lookupOrder(made).some(({ isStrange: known }) => known)) return true;
  if (strangeMethods.some((name) => findInClass(made, name) !== undefined)) return true;
  return [...made.attributes.values()].some((value) => value instanceof PyInstance && findInClass(value.made, '__get__') !== undefined);
}

/** Turns the names that the body of an enum sets into its members; two of one value are one member. */
function makeMembers(run: Run, made: PyClass): void {
  const start = findInClass(made, '__init__');
  let last: PyValue = 0n;
  for (const [name, value] of made.attributes) {
    if (name.startsWith('_') || value instanceof PyFunction || value instanceof PyDescriptor || value instanceof PyBuiltin || value instanceof PyClass) continue;
    const isAuto = value instanceof PyReference && value.path === 'enum.auto()';
    if (isAuto && (made.plainType === 'str' || typeof last !== 'bigint' || findInClass(made, '_generate_next_value_'))) throw new NotSupported();
    const actual: PyValue = isAuto ? (last as bigint) + 1n : value;
    last = actual;
    const known = made.members.find(({ attributes }) => isEqual(attributes.get('value') ?? null, actual));
    const member: PyInstance = known ?? new PyInstance(made);
    if (!known) {
      if (made.plainType !== null) member.plain = plainOf(made.plainType, actual);
      for (const key of ['name', '_name_']) member.attributes.set(key, name);
      for (const key of ['value', '_value_']) member.attributes.set(key, actual);
      if (start instanceof PyFunction) run.call(start.boundTo(member), { positional: actual instanceof PyTuple ? actual.items : [actual], named: new Map() });
      made.members.push(member);
    }
    made.attributes.set(name, member);
  }
}

function plainOf(type: 'str' | 'int', value: PyValue): string | bigint {
  if (type === 'str' ? typeof value === 'string' : typeof value === 'bigint') return value as string | bigint;
  throw new NotSupported();
}

/** The names that a class body annotates, in order. */
export function annotatedNames(run: Run, node: SyntaxNode): readonly string[] {
  const body = childrenOf(node).find(({ name }) => name === 'Body');
  const annotated = statementsOf(body).flatMap((statement) => /^([A-Za-z_]\w*)\s*:(?!=)(?!\s*(?:typing\.)?ClassVar\b)/.exec(textAt(run, statement))?.[1] ?? []);
  return [...new Set(annotated)];
}
