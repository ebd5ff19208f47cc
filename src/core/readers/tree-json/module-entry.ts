import { tensorType, type ForwardSignature, type ModuleSpec, type PlainAttribute, type TensorInfo } from '../../module-tree/module-tree.ts';
import type { Result } from '../../result.ts';
import { fail, succeed } from '../../result.ts';
import { asRecord, describeValue, isShape, ownField } from '../literals/record.ts';

/** An error in one field of a module's entry. */
export interface FieldError {
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

/** One module as the JSON of the module-tree format describes it, its name left out. */
export interface ModuleEntry {
  readonly spec: ModuleSpec;
  readonly sharedWith: string | null;
  /** Local parameter name and the full name of the tensor it is tied to. */
  readonly ties: readonly (readonly [string, string])[];
}

/**
 * Reads type, class, parameters, buffers, forward arguments and sharing of a module (rule T2).
 * Unknown fields are left alone; known fields of the wrong kind are errors.
 */
export function readModuleEntry(record: Readonly<Record<string, unknown>>): Result<ModuleEntry, FieldError> {
  const type = ownField(record, 'type');
  if (typeof type !== 'string' && type !== null) return wrong('type', 'a text', type);
  const className = ownField(record, 'class') ?? null;
  if (className !== null && typeof className !== 'string') return wrong('class', 'a text', className);
  const extraRepr = ownField(record, 'extra_repr') ?? null;
  if (extraRepr !== null && typeof extraRepr !== 'string') return wrong('extra_repr', 'a text', extraRepr);
  const sharedWith = ownField(record, 'shared_with') ?? null;
  if (sharedWith !== null && typeof sharedWith !== 'string') return wrong('shared_with', 'a text', sharedWith);
  const ties: (readonly [string, string])[] = [];
  const parameters = readTensors('parameters', ownField(record, 'parameters'), ties);
  if (!parameters.ok) return parameters;
  const buffers = readTensors('buffers', ownField(record, 'buffers'), ties);
  if (!buffers.ok) return buffers;
  const attributes = readAttributes(ownField(record, 'attributes'));
  if (!attributes.ok) return attributes;
  const forward = readForward(ownField(record, 'forward'));
  if (!forward.ok) return forward;
  return succeed({
    spec: {
      type: type === '' ? null : type,
      className,
      parameters: parameters.value,
      buffers: buffers.value,
      ...(attributes.value === null ? {} : { attributes: attributes.value }),
      forward: forward.value,
      extraRepr,
    },
    sharedWith,
    ties,
  });
}

function wrong(field: string, expected: string, found: unknown): Result<never, FieldError> {
  return fail({ field, expected, found: describeValue(found) });
}

function readTensors(
  field: string,
  value: unknown,
  ties: (readonly [string, string])[],
): Result<readonly TensorInfo[] | null, FieldError> {
  if (value === undefined) return succeed([]);
  // Written by this program for "not known".
  if (value === null) return succeed(null);
  const record = asRecord(value);
  if (record === null) return wrong(field, 'an object of tensors', value);
  const tensors: TensorInfo[] = [];
  for (const [name, described] of Object.entries(record)) {
    if (described === null) {
      tensors.push({ name, shape: null, dtype: null, isNone: true });
      continue;
    }
    const tensor = asRecord(described);
    if (tensor === null) return wrong(`${field}.${name}`, 'an object with shape and dtype, or null', described);
    const shape = ownField(tensor, 'shape') ?? null;
    if (shape !== null && !isShape(shape)) {
      const found = Array.isArray(shape) ? 'a list with other things in it' : describeValue(shape);
      return fail({ field: `${field}.${name}.shape`, expected: 'a list of whole numbers from 0 on', found });
    }
    const dtype = ownField(tensor, 'dtype') ?? null;
    if (dtype !== null && typeof dtype !== 'string') return wrong(`${field}.${name}.dtype`, 'a text', dtype);
    const tie = ownField(tensor, 'tied_to') ?? null;
    if (tie !== null && typeof tie !== 'string') return wrong(`${field}.${name}.tied_to`, 'a text', tie);
    if (tie !== null) ties.push([name, tie]);
    const trains = ownField(tensor, 'requires_grad') ?? null;
    if (trains !== null && typeof trains !== 'boolean') return wrong(`${field}.${name}.requires_grad`, 'true or false', trains);
    // Buffers never train: only a parameter can be frozen.
    const frozen = trains === false && field === 'parameters' ? { isFrozen: true as const } : {};
    tensors.push({ name, shape, dtype: dtype === null ? null : dtype.replace(/^torch\./, ''), isNone: false, ...frozen });
  }
  return succeed(tensors);
}

/** Attributes that are no parameters: `null` for `None`, an object with a shape for a tensor, else the name of the Python type. */
function readAttributes(value: unknown): Result<readonly PlainAttribute[] | null, FieldError> {
  if (value === undefined || value === null) return succeed(null);
  const record = asRecord(value);
  if (record === null) return wrong('attributes', 'an object', value);
  const attributes: PlainAttribute[] = [];
  for (const [name, described] of Object.entries(record)) {
    if (described === null || typeof described === 'string') {
      attributes.push({ name, type: described ?? 'NoneType', shape: null });
      continue;
    }
    const tensor = asRecord(described);
    if (tensor === null) return wrong(`attributes.${name}`, 'a Python type, an object with a shape, or null', described);
    const shape = ownField(tensor, 'shape') ?? null;
    if (shape !== null && !isShape(shape)) return wrong(`attributes.${name}.shape`, 'a list of whole numbers from 0 on', shape);
    attributes.push({ name, type: tensorType, shape });
  }
  return succeed(attributes);
}

function readForward(value: unknown): Result<ForwardSignature | null, FieldError> {
  if (value === undefined || value === null) return succeed(null);
  const record = asRecord(value);
  if (record === null) return wrong('forward', 'an object', value);
  const args = ownField(record, 'args') ?? [];
  if (!isTextList(args)) return wrong('forward.args', 'a list of texts', args);
  const kwonly = ownField(record, 'kwonly') ?? [];
  if (!isTextList(kwonly)) return wrong('forward.kwonly', 'a list of texts', kwonly);
  const varargs = ownField(record, 'varargs') ?? null;
  if (varargs !== null && typeof varargs !== 'string') return wrong('forward.varargs', 'a text', varargs);
  const varkw = ownField(record, 'varkw') ?? null;
  if (varkw !== null && typeof varkw !== 'string') return wrong('forward.varkw', 'a text', varkw);
  return succeed({ args, kwonly, varargs, varkw });
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
