import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { defaultReadLimits } from '../core/readers/messages/read-error.ts';
import { readTree } from '../core/readers/read-tree.ts';
import { readExportedTree } from './read-exported-tree.ts';

const samples = join(process.cwd(), 'public/samples');
const scratch = mkdtempSync(join(tmpdir(), 'espalier-exported-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const small = gunzipSync(readFileSync(join(samples, 'conv_bn_relu.json.gz')));

function fileOf(bytes: Uint8Array | string): string {
  const path = join(scratch, 'model.json');
  writeFileSync(path, bytes);
  return path;
}

test.each(readdirSync(samples).filter((name) => name.endsWith('.json.gz')))('%s is read as all readers read it', (name) => {
  const path = join(samples, name);
  const whole = readTree({ name: path, bytes: readFileSync(path) });
  expect(isDeepStrictEqual(readExportedTree(path, defaultReadLimits), whole.ok ? whole.value : whole.error)).toBe(true);
});

test.each<[what: string, bytes: Uint8Array | string]>([
  ['no compression', small],
  ['two members of gzip', Buffer.concat([gzipSync(small.subarray(0, 100)), gzipSync(small.subarray(100))])],
])('%s', (_what, bytes) => {
  expect(readExportedTree(fileOf(bytes), defaultReadLimits)?.model).toBe('conv_bn_relu');
});

test.each<[what: string, bytes: Uint8Array | string]>([
  ['bytes behind the end of a gzip file', Buffer.concat([gzipSync(small), Buffer.from('more')])],
  ['a gzip file that is cut', gzipSync(small).subarray(0, -3)],
  ['a gzip file in a gzip file', gzipSync(gzipSync(small))],
  ['no modules', '{"format": "module-tree", "version": 1}'],
  ['a newer version', '{"format": "module-tree", "version": 2, "modules": [{"name": "", "type": "A"}]}'],
  ['nested modules', '{"format": "module-tree", "version": 1, "name": "a", "type": "A", "children": []}'],
  ['JSON that ends too early', '{"format": "module-tree", "version": 1, "modules": [{"name": "", "type": "A"}]'],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from('{"format": "module-tree", "version": 1, "model": "'), Buffer.from([0xff]), Buffer.from('"}')])],
  ['other JSON', '[{"name": "", "type": "A"}]'],
  ['nothing', ''],
])('%s is left to all readers', (_what, bytes) => {
  expect(readExportedTree(fileOf(bytes), defaultReadLimits)).toBeNull();
});

test('a file past the limit, a folder and a missing file are left to all readers', () => {
  expect(readExportedTree(fileOf(gzipSync(small)), { ...defaultReadLimits, maxBytes: small.length - 1 })).toBeNull();
  expect(readExportedTree(scratch, defaultReadLimits)).toBeNull();
  expect(readExportedTree(join(scratch, 'none'), defaultReadLimits)).toBeNull();
});
