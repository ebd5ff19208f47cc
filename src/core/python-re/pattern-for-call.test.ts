import { describe, expect, it } from 'vitest';
import { packNames } from '../module-tree/packed-names.ts';
import { randomName, randomPattern } from '../testing/python-re-patterns.ts';
import { createRandom } from '../testing/random.ts';
import { patternForCall } from './pattern-for-call.ts';
import { matchName, type MatchMode } from './match/match-name.ts';
import { compilePattern } from './pattern.ts';
import { sweepNames, sweepNamesByInterpreter } from './sweep.ts';

function hits(source: string, mode: MatchMode, names: readonly string[]): string[] {
  const compiled = compilePattern(source, '3.11');
  if (!compiled.ok) throw new Error(compiled.error.msg);
  const { mask } = sweepNames(patternForCall(compiled.value, mode), packNames(names));
  return names.filter((_, index) => mask[index] === 1);
}

const names = ['', 'layer1', 'layer10', 'layer1.0', 'a.layer1', 'A\nlayer1'];

describe('P23: lists are swept as re.search and re.fullmatch would', () => {
  it.each([
    ['layer1', 'match', ['layer1', 'layer10', 'layer1.0']],
    ['layer1', 'search', ['layer1', 'layer10', 'layer1.0', 'a.layer1', 'A\nlayer1']],
    ['layer1', 'fullmatch', ['layer1']],
    ['layer1|layer10', 'fullmatch', ['layer1', 'layer10']],
    ['^layer1$', 'search', ['layer1']],
    ['(?m)^layer1$', 'search', ['layer1', 'A\nlayer1']],
    ['(?i)a', 'search', ['layer1', 'layer10', 'layer1.0', 'a.layer1', 'A\nlayer1']],
    ['(?x) 0 # the end', 'search', ['layer10', 'layer1.0']],
    ['(r)1\\.0', 'search', ['layer1.0']],
    ['(?<=a\\.)l', 'search', ['a.layer1']],
    ['', 'fullmatch', ['']],
  ] as const)('%s by re.%s', (source, mode, expected) => {
    expect(hits(source, mode, names)).toEqual(expected);
  });

  it('600 random patterns agree with one call a name (seed 23)', () => {
    const random = createRandom(23);
    const differing: unknown[] = [];
    for (let round = 0; round < 600; round++) {
      const source = randomPattern(random, false);
      const compiled = compilePattern(source, '3.11');
      if (!compiled.ok) continue;
      const texts = Array.from({ length: 8 }, () => randomName(random));
      for (const mode of ['search', 'fullmatch'] as const) {
        const call = patternForCall(compiled.value, mode);
        const swept = sweepNames(call, packNames(texts));
        const interpreted = sweepNamesByInterpreter(call, packNames(texts));
        if (swept.type === 'slow' || interpreted.type === 'slow') continue;
        texts.forEach((text, index) => {
          const one = matchName(compiled.value, text, mode);
          if (one.type === 'slow') return;
          const wanted = one.type === 'match' ? 1 : 0;
          const isSame = swept.mask[index] === wanted && interpreted.mask[index] === wanted;
          if (!isSame) differing.push({ source, mode, text, wanted });
        });
      }
    }
    expect(differing.slice(0, 5)).toEqual([]);
  });
});
