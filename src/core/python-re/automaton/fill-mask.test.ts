import { assert, constantFrom, array, property, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNames, type PackedNames } from '../../module-tree/packed-names.ts';
import { LazyDfa } from './dfa.ts';
import { fillByLinks, fillByPrefixes } from './fill-mask.ts';
import { nameLinks } from './name-links.ts';
import { buildNfa } from './nfa.ts';
import { compilePattern } from '../pattern.ts';

function automaton(source: string): LazyDfa {
  const compiled = compilePattern(source, '3.11');
  if (!compiled.ok) throw new Error(compiled.error.msg);
  return new LazyDfa(buildNfa(compiled.value.parsed, compiled.value.program.minor), 1_000_000);
}

function maskBy(fill: (dfa: LazyDfa, names: PackedNames, mask: Uint8Array) => void, source: string, names: PackedNames): string {
  const mask = new Uint8Array(names.size);
  fill(automaton(source), names, mask);
  return mask.join('');
}

function byLinks(dfa: LazyDfa, names: PackedNames, mask: Uint8Array): void {
  fillByLinks(dfa, names, nameLinks(names)!, mask);
}

describe('P18a: the two ways through a list of names', () => {
  const patterns = [
    'layers', '.*', String.raw`layers\.\d+\.`, '.*proj$', '(?!layers).*', String.raw`.*\b1\b`, '', 'x{0}$', String.raw`.*\.\.`, '.*(?<=a)b', '.{7}',
  ];

  it('answer the same on lists in any order, with empty labels, dots at the ends and the same name twice (seed 7)', () => {
    const label = constantFrom('layers', '0', '1', '10', 'proj', 'a', 'ab', '', '.');
    const name = array(label, { maxLength: 5 }).map((labels) => labels.join('.'));
    assert(
      property(array(name, { maxLength: 40 }), integer({ min: 0, max: patterns.length - 1 }), (list, at) => {
        const names = packNames(list);
        expect(maskBy(byLinks, patterns[at]!, names)).toBe(maskBy(fillByPrefixes, patterns[at]!, names));
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  it('answer the same where more states and labels meet than the table first has room for', () => {
    const list = [''];
    for (let block = 0; block < 300; block++) {
      list.push(`${block}`);
      for (let part = 0; part < 40; part++) list.push(`${block}.part${part * block}`);
    }
    const names = packNames(list);
    const alternatives = Array.from({ length: 300 }, (_, block) => `${block}\\.part${block * 7}`).join('|');
    expect(maskBy(byLinks, alternatives, names)).toBe(maskBy(fillByPrefixes, alternatives, names));
    expect(maskBy(byLinks, alternatives, names)).toContain('1');
  });
});

describe('P18a: names as links', () => {
  it('carry the nearest earlier name on that ends before a dot', () => {
    const names = packNames(['', 'a', 'a.b', 'a.b.c', 'a.d', 'ab', 'a.x', 'b.c', '.a']);
    expect([...nameLinks(names)!.parent]).toEqual([0, 0, 2, 3, 2, 0, 0, 0, 0]);
  });

  it('give the same number to the same addition', () => {
    const { label, labelCount } = nameLinks(packNames(['', 'a', 'a.w', 'b', 'b.w', 'b.w.w']))!;
    expect([label[2], label[5], labelCount]).toEqual([label[4], label[2], 4]);
  });

  it('are given up where names add too many different things', () => {
    expect(nameLinks(packNames(Array.from({ length: 9000 }, (_, index) => `a.${index}`)))).toBeNull();
  });
});
