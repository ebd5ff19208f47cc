import { nameAt, type PackedNames } from '../module-tree/packed-names.ts';
import { hashBytes, pythonHash, type Words } from './string-hash.ts';

/** Texts under numbers, with Python's hashes of them: the members of the sets of `set.ts`. */
export interface HashedTexts {
  /** The number of a text, which it has from then on. */
  readonly numberOf: (text: string) => number;
  readonly textOf: (number: number) => string;
  readonly hashOf: (number: number) => Readonly<Words>;
}

/** Creates numbers for any texts. */
export function createHashedTexts(): HashedTexts {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const hashes: Words[] = [];
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      hashes.push(pythonHash(text));
      return texts.push(text) - 1;
    },
    textOf: (number) => texts[number]!,
    hashOf: (number) => hashes[number]!,
  };
}

/** Creates numbers for the names of a model, each of which has its index, and for other texts. */
export function createHashedNames(names: PackedNames, indexOf: (name: string) => number | undefined): HashedTexts {
  const others = createHashedTexts();
  const { size, bytes, offsets } = names;
  const irregular = new Set(names.irregular);
  const high = new Uint32Array(size);
  const low = new Uint32Array(size);
  const isHashed = new Uint8Array(size);
  const hash = { high: 0, low: 0 };

  function takeHash(index: number): void {
    if (irregular.has(index)) Object.assign(hash, pythonHash(nameAt(names, index)));
    else hashBytes(bytes, offsets[index]!, offsets[index + 1]!, hash);
    high[index] = hash.high;
    low[index] = hash.low;
    isHashed[index] = 1;
  }

  return {
    numberOf: (text) => indexOf(text) ?? size + others.numberOf(text),
    textOf: (number) => (number < size ? nameAt(names, number) : others.textOf(number - size)),
    /** Good until it is called again. */
    hashOf(number) {
      if (number >= size) return others.hashOf(number - size);
      if (isHashed[number] === 0) takeHash(number);
      hash.high = high[number]!;
      hash.low = low[number]!;
      return hash;
    },
  };
}
