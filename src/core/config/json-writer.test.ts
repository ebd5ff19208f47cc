import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryValue } from '../testing/arbitrary-config.ts';
import { readJsonValue } from './json-reader.ts';
import { writeCompactJson, writeCompactPythonJson, writeJson, writePythonJson } from './json-writer.ts';
import { valuesEqual, type ConfigValue } from './value.ts';

const seed = 4102;

function read(text: string): ConfigValue {
  const result = readJsonValue(text);
  if (!result.ok) throw new Error(`${result.error.message} in ${text}`);
  return result.value;
}

describe('writing JSON', () => {
  it('expands objects and keeps short lists of plain values on a line', () => {
    const settings = '{"weight":{"granularity":[4,4],"sparse_ratio":1.0}}';
    const text = `[{"op_names":["fc1","fc2"],"target_settings":${settings}},{}]`;
    expect(writeJson(read(text)).split('\n')).toEqual([
      '[',
      '  {',
      '    "op_names": ["fc1", "fc2"],',
      '    "target_settings": {',
      '      "weight": {',
      '        "granularity": [4, 4],',
      '        "sparse_ratio": 1.0',
      '      }',
      '    }',
      '  },',
      '  {}',
      ']',
    ]);
  });

  it('breaks a list that is wider than the page', () => {
    const names = Array.from({ length: 12 }, (_, index) => `layer1.${index}.conv1`);
    const lines = writeJson([{ type: 'object', entries: [['op_names', names]] }]).split('\n');
    expect(lines).toHaveLength(names.length + 6);
    const fitting = Array.from({ length: 4 }, () => 'x'.repeat(16));
    expect(writeJson({ type: 'object', entries: [['op_names', fitting]] }).split('\n')).toHaveLength(3);
  });

  it('keeps tuples of fuse_names on one line', () => {
    expect(writeJson(read('[["conv1","bn1"],["fc"]]'))).toBe('[["conv1", "bn1"], ["fc"]]');
  });

  it('E1: keeps numbers as written, or writes them as Python does', () => {
    const value = read('[1e-3, 1.0, 1, 0.50, 1E5, -0, 1e22]');
    expect(writeCompactJson(value)).toBe('[1e-3,1.0,1,0.50,1E5,-0,1e22]');
    expect(writeCompactPythonJson(value)).toBe('[0.001,1.0,1,0.5,100000.0,0,1e+22]');
    expect(writePythonJson(value)).toBe('[0.001, 1.0, 1, 0.5, 100000.0, 0, 1e+22]');
  });

  it(`reads back what was written, text for text (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryValue, fc.integer({ min: 0, max: 8 }), (value, indent) => {
        expect(read(writeJson(value, { indent }))).toEqual(value);
        expect(read(writeCompactJson(value))).toEqual(value);
        expect(valuesEqual(read(writePythonJson(value)), value)).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });

  it(`writes lines that end within the width unless one value is wider (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), { maxLength: 20 }), (list) => {
        const text = writeJson({ type: 'object', entries: [['op_names', list]] });
        expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
      }),
      { seed, numRuns: 200 },
    );
  });
});
