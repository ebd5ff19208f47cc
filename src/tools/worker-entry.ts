import type { Plugin } from 'vite';

/** The parts of a bundled chunk that the check reads. */
interface BuiltChunk {
  readonly type: string;
  readonly fileName: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** Chunks that import an entry, as `chunk → entry`. WebKit would run that entry a second time. */
export function importsOfEntries(bundle: Readonly<Record<string, BuiltChunk>>): readonly string[] {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  return chunks.flatMap(({ fileName, imports = [], dynamicImports = [] }) =>
    [...imports, ...dynamicImports].filter((imported) => entries.has(imported)).map((entry) => `${fileName} → ${entry}`),
  );
}

/** Fails the build of a worker when one of its chunks imports the worker's entry. */
export function refuseImportsOfEntries(): Plugin {
  return {
    name: 'refuse-imports-of-entries',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const found = importsOfEntries(bundle);
        if (found.length > 0) this.error(`A chunk imports the entry of a worker, which WebKit then runs twice: ${found.join(', ')}.`);
      },
    },
  };
}
