import type { SyntaxNode } from '../../config/python-source.ts';
import { containerMethod } from '../built-ins/container-methods.ts';
import { hashOf } from '../values/equality.ts';
import { keyOf, textAt, unknownAt, type Run } from './run.ts';
import { itemsOf } from '../values/sequences.ts';
import { stringMethod } from '../built-ins/string-methods.ts';
import { NotSupported } from '../values/exceptions.ts';
import {
  PyBuiltin, PyClass, PyDict, PyFloat, PyFunction, PyInstance, PyList, PyModule, PyNamedTuple, PyReference, PySet, PyTuple, PyUnknown,
} from '../values/values.ts';
import type { PyValue } from '../values/values.ts';

const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Methods of a model that only its modules answer. */
const modelMethods: ReadonlySet<string> = new Set(['named_modules', 'modules', 'named_children', 'children', 'named_parameters', 'get_submodule']);

/** `value.name`, written at `node`. */
export function attributeOf(run: Run, node: SyntaxNode, value: PyValue, name: string): PyValue {
  if (value instanceof PyUnknown || value instanceof PyReference) {
    const set = run.attributes.get(keyOf(textAt(run, node)));
    if (set !== undefined) return set;
  }
  if (value instanceof PyUnknown) return ofUnknown(run, node, value, name);
  if (typeof value === 'string') return methodOf(name, stringMethod(value, name));
  if (value instanceof PyNamedTuple && value.names.includes(name)) return value.items[value.names.indexOf(name)]!;
  if (value instanceof PyNamedTuple && name.startsWith('_')) return unknownAt(run, node, 'part');
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyTuple) {
    return methodOf(name, containerMethod(value, name, run.call), value instanceof PyTuple ? null : value);
  }
  if (value instanceof PyReference) return ofReference(value, name);
  if (value instanceof PyModule) return ofModule(run, node, value, name);
  if (value instanceof PyInstance) return ofInstance(run, node, value, name);
  if (value instanceof PyClass) {
    if (name === '__name__') return value.name;
    return findInClass(value, name) ?? unknownAt(run, node, 'part');
  }
  if ((value instanceof PyBuiltin || value instanceof PyFunction) && name === '__name__') return value.name;
  const unbound = value instanceof PyBuiltin ? methodOfType(value.name, name) : undefined;
  if (unbound) return unbound;
  return unknownAt(run, node, 'part');
}

/** `str.lower`, a method without its text, as in `key=str.lower`; `dict.fromkeys`. */
function methodOfType(type: string, name: string): PyBuiltin | undefined {
  if (type === 'str' && stringMethod('', name)) {
    return new PyBuiltin(`str.${name}`, ({ positional: [text = null, ...rest], named }) => {
      const method = typeof text === 'string' ? stringMethod(text, name) : undefined;
      if (!method) throw new NotSupported();
      return method({ positional: rest, named });
    });
  }
  if (type !== 'dict' || name !== 'fromkeys') return undefined;
  return new PyBuiltin('fromkeys', ({ positional: [keys = null, value = null], named }) => {
    if (named.size > 0) throw new NotSupported();
    return new PyDict(new Map(itemsOf(keys).map((key) => [hashOf(key), [key, value] as [PyValue, PyValue]])));
  });
}

/** A method of Python; one that is not worked out here may change the list, dict or set that it belongs to. */
function methodOf(name: string, method: PyBuiltin['call'] | undefined, owner: PyList | PyDict | PySet | null = null): PyValue {
  if (method) return new PyBuiltin(name, method, owner);
  if (owner === null) throw new NotSupported();
  const open = new PyBuiltin(name, () => {
    throw new NotSupported();
  }, owner);
  open.isOpen = true;
  return open;
}

/** An unknown value that is asked for its modules is a model. */
function ofUnknown(run: Run, node: SyntaxNode, value: PyUnknown, name: string): PyValue {
  if (modelMethods.has(name)) {
    if (!run.model || isPartOfModel(value)) return unknownAt(run, node, 'model');
    const method = run.model.method(run.model.root, name);
    if (method) return new PyBuiltin(name, method);
  }
  if (run.model && value.isOpaque && isModelName(value)) {
    if (name === '__class__') return run.model.classOf(run.model.root);
    const part = run.model.attribute(run.model.root, name);
    if (part instanceof PyModule) return part;
  }
  return value.isOpaque ? unknownAt(run, node, 'part') : value;
}

/** Whether a value was taken out of a model by a call or an index, so that its modules are not those of the whole model. */
function isPartOfModel({ roots }: PyUnknown): boolean {
  return roots.some(({ key }) => /\.(?:get_\w+|children|modules|named_\w+|values|items)\(|^(?:self\.)?\w*(?:model|net|network)(?:\.\w+)*\[/i.test(key));
}

/** Whether people name the model so that is compressed: its parts are looked up in the open model. */
function isModelName({ roots }: PyUnknown): boolean {
  const name = /^(?:self\.)?(\w+)$/.exec(roots[0]?.key ?? '')?.[1] ?? '';
  return /(?:^|_)(?:model|net|network)$/i.test(name) && !/teacher|ema_|_ema/i.test(name);
}

const mathConstants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI };

function ofReference({ path, className }: PyReference, name: string): PyValue {
  if (name === '__name__') return last(path);
  const constant = path === 'math' && Object.hasOwn(mathConstants, name) ? mathConstants[name] : undefined;
  if (constant !== undefined) return new PyFloat(constant);
  if (name === '__module__' && className !== null) return className.slice(0, Math.max(0, className.lastIndexOf('.')));
  // torch lists its layers under both paths.
  return new PyReference(`${path}.${name}`.replace(/^torch\.nn\.modules\.\w+\.(?=[A-Z])/, 'torch.nn.'));
}

function ofModule(run: Run, node: SyntaxNode, module: PyModule, name: string): PyValue {
  const model = run.model!;
  if (name === '__class__') return model.classOf(module);
  const method = model.method(module, name);
  if (method) return new PyBuiltin(name, method);
  const value = model.attribute(module, name);
  return value === undefined ? unknownAt(run, node, 'not-in-model') : value;
}

function ofInstance(run: Run, node: SyntaxNode, instance: PyInstance, name: string): PyValue {
  if (name === '__class__') return instance.made;
  const own = instance.attributes.get(name);
  if (own !== undefined) return own;
  const found = findInClass(instance.made, name);
  if (found instanceof PyFunction) return new PyFunction(found.name, found.node, found.scope, found.defaults, instance);
  // A class outside the source may set it.
  return found ?? unknownAt(run, node, 'part');
}

/** The attribute that a class or one of its bases sets. */
export function findInClass(start: PyClass, name: string): PyValue | undefined {
  const own = start.attributes.get(name);
  if (own !== undefined) return own;
  for (const base of start.bases) {
    const found = base instanceof PyClass ? findInClass(base, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
