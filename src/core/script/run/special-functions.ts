import type { SyntaxNode } from '../../config/python-source.ts';
import { attributeOf } from './attributes.ts';
import { builtinTypes, isOfBuiltinType } from '../built-ins/builtins.ts';
import { settle, type Run } from './run.ts';
import { NotSupported } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyClass, PyInstance, PyModule, PyReference, PyTuple, PyUnknown } from '../values/values.ts';
import type { PyValue } from '../values/values.ts';

/** `isinstance`, `type`, `hasattr`, `getattr`: functions that need to know the model. */
export function findSpecial(run: Run, name: string, node: SyntaxNode): PyBuiltin | undefined {
  switch (name) {
    case 'isinstance':
      return new PyBuiltin(name, ({ positional }) => isInstance(run, positional[0] ?? null, positional[1] ?? null));
    case 'type':
      return new PyBuiltin(name, ({ positional }) => typeOf(run, positional[0] ?? null));
    case 'hasattr':
    case 'getattr':
      return new PyBuiltin(name, ({ positional }) => {
        const [value = null, attribute = null] = positional;
        if (typeof attribute !== 'string') throw new NotSupported();
        const found = settle(run, node, () => attributeOf(run, node, value, attribute));
        if (found instanceof PyUnknown || (found instanceof PyBuiltin && found.isOpen)) throw new NotSupported();
        return name === 'hasattr' ? true : found;
      });
    default:
      return undefined;
  }
}

function isInstance(run: Run, given: PyValue, types: PyValue): boolean {
  const value = decided(given);
  const asked = decided(types);
  if (asked instanceof PyTuple) return asked.items.some((type) => isInstance(run, value, type));
  if (asked instanceof PyBuiltin && builtinTypes.has(asked.name)) return isOfBuiltinType(value, asked.name);
  if (value instanceof PyModule) {
    if (asked instanceof PyReference) return run.model!.isInstance(value, asked.path);
    if (asked instanceof PyClass) return run.model!.isInstance(value, asked.name);
  }
  if (value instanceof PyInstance && asked instanceof PyClass) return isMade(value.made, asked);
  throw new NotSupported();
}

function isMade(made: PyValue, asked: PyClass): boolean {
  return made === asked || (made instanceof PyClass && made.bases.some((base) => isMade(base, asked)));
}

function typeOf(run: Run, given: PyValue): PyValue {
  const value = decided(given);
  if (value instanceof PyModule) return run.model!.classOf(value);
  if (value instanceof PyInstance) return value.made;
  throw new NotSupported();
}
