import { describe, expect, it } from 'vitest';
import { packNames } from '../../core/module-tree/packed-names.ts';
import { nameLinks } from '../../core/python-re/automaton/name-links.ts';
import { generateMoeTree } from '../../core/testing/generate-tree.ts';
import { keepNameLinks, previewAtOnce } from './preview-at-once.ts';

const small = packNames(['', 'layer1', 'layer1.0', 'layer10', 'größe']);

function ask(pattern: string, names = small) {
  return previewAtOnce({ pattern, python: '3.11', key: 'op_names_re' }, names);
}

describe('a preview on the page’s own thread (P26)', () => {
  it('says what a pattern hits, names that no automaton reads among them', () => {
    expect(ask('layer1')).toEqual({
      view: {
        type: 'matched',
        mask: Uint8Array.of(0, 1, 1, 1, 0),
        matchedBlocks: Uint32Array.of(0, 3),
        count: 3,
        slowSeconds: null,
      },
      isFinal: true,
    });
    expect(ask('gr.{3}$')?.view).toMatchObject({ mask: Uint8Array.of(0, 0, 0, 0, 1), count: 1 });
  });

  it('gives Python’s message', () => {
    expect(ask('layer(')).toEqual({
      view: { type: 'invalid', error: { type: 're.error', message: 'missing ), unterminated subpattern at position 5', position: 5 } },
      isFinal: true,
    });
  });

  it('leaves to the engine whether Python would hang', () => {
    expect(ask(String.raw`(\w+\.?)+!`)).toMatchObject({ view: { count: 0, slowSeconds: null }, isFinal: false });
  });

  it.each([
    ['what is not regular', String.raw`(l)ayer\1`],
    ['names of characters', String.raw`\N{DIGIT ONE}`],
    ['what takes an automaton long', `(?:${Array.from({ length: 3000 }, (_, at) => `layer${at}`).join('|')})x`],
  ])('leaves to the engine %s', (_, pattern) => {
    expect(ask(pattern)).toBeNull();
  });

  it('leaves whole sub-configs to the engine', () => {
    const config = { type: 'object', entries: [] } as const;
    expect(previewAtOnce({ pattern: '', python: '3.11', key: 'op_names', config }, small)).toBeNull();
  });

  it('answers for many names once their links are known', () => {
    const { names } = generateMoeTree(4, 128);
    expect(ask('model', names)).toBeNull();
    keepNameLinks(names, structuredClone(nameLinks(packNames([]))));
    expect(ask('model', names)).not.toBeNull();
  });
});
