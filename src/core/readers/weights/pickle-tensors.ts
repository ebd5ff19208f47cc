import { isPickleObject, pickleEntries, pickleField, pickleItems, type PickleObject, type PickleTensor, type PickleValue } from './pickle-values.ts';

/** A tensor, a NumPy array as pickles of other libraries hold them, or a description of one; null for anything else. */
export function tensorOf(value: PickleValue): PickleTensor | null {
  if (typeof value === 'object' && value?.type === 'tensor') return value;
  if (!isPickleObject(value)) return null;
  if (/(?:Uninitialized|Lazy)(?:Parameter|Buffer)$/.test(value.made.path)) {
    return { type: 'tensor', shape: null, dtype: null, identity: null };
  }
  const distributed = distributedTensor(value);
  if (distributed !== null) return distributed;
  // `_reconstruct` gets size and format afterwards; from protocol 5 on `_frombuffer` gets them at once.
  const builder = /^numpy\._?core\.(?:multiarray\.(_reconstruct)|numeric\._frombuffer)$/.exec(value.made.path);
  if (builder === null) return null;
  const items = pickleItems(builder[1] === undefined ? value.args : value.state);
  const [sizes, format] = builder[1] === undefined ? [items[2], items[1]] : [items[1], items[2]];
  const shape = pickleItems(sizes);
  if (!shape.every((size): size is number => typeof size === 'number')) return null;
  return { type: 'tensor', shape, dtype: numpyDtype(format), identity: null };
}

const numpyTypes: Readonly<Record<string, string>> = {
  f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool',
  i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8',
};

function numpyDtype(value: PickleValue = null): string | null {
  const code = isPickleObject(value) ? pickleItems(value.args)[0] : null;
  return typeof code === 'string' && Object.hasOwn(numpyTypes, code) ? numpyTypes[code]! : null;
}

/**
 * The tensor that this one is tied to, by name; nothing for the first of its memory.
 * @param firstOf names by memory, which grows with every call
 */
export function tieOf(tensor: PickleTensor, name: string, firstOf: Map<string, string>): { readonly tiedTo?: string } {
  if (tensor.identity === null || tensor.shape?.includes(0)) return {};
  const first = firstOf.get(tensor.identity);
  if (first !== undefined) return { tiedTo: first };
  firstOf.set(tensor.identity, name);
  return {};
}

/** A tensor as the metadata of a distributed checkpoint describes it. */
function distributedTensor({ made, state }: PickleObject): PickleTensor | null {
  if (made.path !== 'torch.distributed.checkpoint.metadata.TensorStorageMetadata') return null;
  const size = pickleField(state, 'size');
  const sizes = typeof size === 'object' && size?.type === 'list' ? size.items : [null];
  const properties = pickleField(state, 'properties');
  const stated = properties !== undefined && isPickleObject(properties) ? properties.state : null;
  const format = pickleItems(stated)[0] ?? pickleField(stated, 'dtype');
  const isFormat = typeof format === 'object' && format?.type === 'global' && format.path.startsWith('torch.');
  return {
    type: 'tensor',
    shape: sizes.every((length) => typeof length === 'number') ? sizes : null,
    dtype: isFormat ? format.path.slice('torch.'.length) : null,
    identity: null,
  };
}

/**
 * The dictionaries that the metadata of a distributed checkpoint describes, and their places: it lists all tensors under
 * one name each, and besides that the keys that led to them. Null for other objects.
 */
export function distributedTensors({ made, state }: PickleObject): (readonly [readonly string[], PickleValue])[] | null {
  if (made.path !== 'torch.distributed.checkpoint.metadata.Metadata') return null;
  const keys = new Map(pickleEntries(pickleField(state, 'planner_data')));
  const dicts = new Map<string, [string[], [PickleValue, PickleValue][]]>();
  for (const [name, described] of pickleEntries(pickleField(state, 'state_dict_metadata'))) {
    if (tensorOf(described) === null) continue;
    const led = keys.get(name);
    const steps = typeof led === 'object' && led?.type === 'list' ? led.items.map(String) : [name];
    const place = steps.slice(0, -1);
    const id = JSON.stringify(place);
    const [, items] = dicts.get(id) ?? dicts.set(id, [place, []]).get(id)!;
    items.push([steps.at(-1) ?? name, described]);
  }
  return [...dicts.values()].map(([place, items]) => [place, { type: 'dict', items }] as const);
}
