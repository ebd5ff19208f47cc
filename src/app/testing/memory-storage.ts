/** A `localStorage` in memory. `full`: it refuses every write. */
export function createMemoryStorage({ full = false } = {}): Storage {
  const items = new Map<string, string>();
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
    key: (index: number) => [...items.keys()][index] ?? null,
  };
  // The keys of the storage are its own properties.
  return new Proxy(methods as Storage, {
    get: (target, key, receiver) => (key === 'length' ? items.size : Reflect.get(target, key, receiver)),
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_target, key) =>
      items.has(String(key)) ? { value: items.get(String(key)), enumerable: true, configurable: true } : undefined,
  });
}
