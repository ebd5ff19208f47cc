import { expect, test } from 'vitest';
import { importsOfEntries } from './worker-entry.ts';

const entry = { type: 'chunk', fileName: 'worker.js', isEntry: true, imports: ['early.js'] };

test.each([
  ['nothing imports the entry', [{ type: 'chunk', fileName: 'early.js', dynamicImports: ['engine.js'] }], []],
  ['a chunk imports it', [{ type: 'chunk', fileName: 'engine.js', imports: ['worker.js'] }], ['engine.js → worker.js']],
  ['a chunk imports it later', [{ type: 'chunk', fileName: 'engine.js', dynamicImports: ['worker.js'] }], ['engine.js → worker.js']],
  ['a file that is no chunk', [{ type: 'asset', fileName: 'style.css' }], []],
])('%s', (_, others, found) => {
  expect(importsOfEntries(Object.fromEntries([entry, ...others].map((chunk) => [chunk.fileName, chunk])))).toEqual(found);
});
