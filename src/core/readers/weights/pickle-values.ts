/** A class or function that a pickle names. It is never looked up, let alone called. */
export interface PickleGlobal {
  readonly type: 'global';
  /** `torch.nn.modules.conv.Conv2d`. */
  readonly path: string;
}

/** A list, tuple or set. */
export interface PickleList {
  readonly type: 'list';
  readonly items: PickleValue[];
}

/** A dictionary (also an ordered one); keys in order, repeated keys included. */
export interface PickleDict {
  readonly type: 'dict';
  readonly items: [PickleValue, PickleValue][];
}

/** A call of a global that is not carried out: its parts are kept. */
export interface PickleObject {
  readonly type: 'object';
  readonly made: PickleGlobal;
  readonly args: PickleValue;
  state: PickleValue;
}

/** Memory that tensors view. */
export interface PickleStorage {
  readonly type: 'storage';
  /** Null where no other tensor can view it. */
  readonly key: string | null;
  readonly dtype: string | null;
}

/** A tensor, without its numbers. */
export interface PickleTensor {
  readonly type: 'tensor';
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  /** Equal for tensors that are the same memory; null when that is not known. */
  readonly identity: string | null;
  /** A parameter that was saved with `requires_grad` False. */
  readonly isFrozen?: true;
}

/** Bytes: how many there are, and the class of the storage that they hold when torch wrote one into them. */
export interface PickleBytes {
  readonly type: 'bytes';
  readonly length: number;
  readonly storage: string | null;
}

/** Anything that a pickle can hold. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleBytes
  | PickleGlobal
  | PickleList
  | PickleDict
  | PickleObject
  | PickleStorage
  | PickleTensor;

/** The value's type tag; JavaScript's own type for plain ones. */
export function kindOfPickle(value: PickleValue): string {
  if (value === null) return 'None';
  return typeof value === 'object' ? value.type : typeof value;
}

/** The value of a text key; undefined when the dictionary has none. */
export function pickleField(dict: PickleValue, key: string): PickleValue | undefined {
  if (typeof dict !== 'object' || dict === null || dict.type !== 'dict') return undefined;
  // The last of repeated keys counts, as in Python.
  return dict.items.findLast(([name]) => name === key)?.[1];
}

/** The values under text keys in order, of repeated keys the last; none where the value is no dictionary. */
export function pickleEntries(value: PickleValue | undefined): readonly (readonly [string, PickleValue])[] {
  if (typeof value !== 'object' || value?.type !== 'dict') return [];
  const entries = new Map<string, PickleValue>();
  for (const [key, item] of value.items) if (typeof key === 'string') entries.set(key, item);
  return [...entries];
}

/** The items of a list, tuple or set; none for any other value. */
export function pickleItems(value: PickleValue | undefined): readonly PickleValue[] {
  return typeof value === 'object' && value?.type === 'list' ? value.items : [];
}

/** Whether a value is an instance, of any class. */
export function isPickleObject(value: PickleValue): value is PickleObject {
  return typeof value === 'object' && value?.type === 'object';
}

/**
 * The class of the storage in a file that torch wrote within a pickle, as it does when a tensor is pickled without
 * torch.save; null for anything else. The name is in the first bytes.
 */
export function storageWithin(start: string): string | null {
  return start.startsWith('\u0080') ? (/ctorch\n(\w+Storage)\n/.exec(start)?.[1] ?? null) : null;
}
