import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inflateGzip } from './gzip.ts';

const text = '["a.weight", "a.bias"]\n';
const member = gzipSync(text);

function inflate(...parts: readonly Uint8Array[]): string {
  const result = inflateGzip(new Uint8Array(Buffer.concat(parts)), 1_000_000);
  return result.ok ? Buffer.from(result.value).toString() : `${result.error.code}: ${'reason' in result.error.values ? result.error.values.reason : ''}`;
}

describe('T4 gzip', () => {
  const empty = gzipSync('');
  /** A length whose lowest bytes are zeros. */
  const long = ' '.repeat(65_536);
  test.each<[string, readonly Uint8Array[], string]>([
    ['padded with a zero', [member, new Uint8Array(1)], text],
    ['padded to a block', [member, new Uint8Array(4096)], text],
    ['two members, padded', [member, member, new Uint8Array(100)], text + text],
    ['a member that holds nothing', [member, empty], text],
    ['a length of 65536, padded', [gzipSync(long), new Uint8Array(7)], long],
    ['cut in its check sum, padded', [member.subarray(0, -6), new Uint8Array(100)], 'gzip-broken: its data is damaged (invalid gzip data)'],
    ['cut in its length', [member.subarray(0, -2)], 'gzip-broken: it ends too early'],
    ['something else behind it', [member, Buffer.from('behind it')], 'gzip-broken: its data is damaged (invalid gzip data)'],
  ])('%s', (_title, parts, expected) => {
    expect(inflate(...parts)).toBe(expected);
  });
});
