import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryObject } from '../../core/testing/arbitrary-config.ts';
import { writePythonList } from '../../core/config/python-writer.ts';
import { tokenizePython } from './python-tokens.ts';

test('keys, constants and punctuation stand apart', () => {
  const tokens = tokenizePython("config_list = [{'a': None, 'b': ['x', 1.0, True]}]\n");
  expect(tokens.filter(({ kind }) => kind === 'key').map(({ text }) => text)).toEqual(["'a'", "'b'"]);
  expect(tokens.filter(({ kind }) => kind === 'constant').map(({ text }) => text)).toEqual(['None', 'True']);
  const textsOf = (wanted: string) => tokens.filter(({ kind }) => kind === wanted).map(({ text }) => text.trim());
  expect(textsOf('plain').filter(Boolean)).toEqual(['config_list']);
  expect([textsOf('string'), textsOf('number')]).toEqual([["'x'"], ['1.0']]);
  expect(tokenizePython('import json  # x\n').map(({ kind }) => kind)).toEqual(['keyword', 'plain', 'comment', 'plain']);
});

test('together the tokens are the source (seed 7)', () => {
  fc.assert(
    fc.property(fc.array(arbitraryObject, { maxLength: 3 }), (list) => {
      const source = writePythonList(list);
      expect(tokenizePython(source).map(({ text }) => text).join('')).toBe(source);
    }),
    { seed: 7, numRuns: 200 },
  );
});
