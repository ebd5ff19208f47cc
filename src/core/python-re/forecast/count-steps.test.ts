import { describe, expect, it } from 'vitest';
import { randomName, randomPattern } from '../../testing/python-re-patterns.ts';
import { createRandom } from '../../testing/random.ts';
import { StepCounter, type StepCount } from './count-steps.ts';
import { interpreterOf } from '../match/match-name.ts';
import { compilePattern, type CompiledPattern } from '../pattern.ts';
import { pythonVersions } from '../python-version.ts';

function compile(source: string): CompiledPattern {
  const compiled = compilePattern(source, '3.11');
  if (!compiled.ok) throw new Error(`${source}: ${compiled.error.msg}`);
  return compiled.value;
}

/** `null` where they are not counted to the end. */
function count(pattern: CompiledPattern, name: string, limit = 100_000): number | null {
  const counted = countLeast(pattern, name, limit);
  return counted === null || counted.isLeast ? null : counted.steps;
}

function countLeast(pattern: CompiledPattern, name: string, limit = 100_000): StepCount | null {
  const { text, length } = load(pattern, name);
  return new StepCounter(pattern.program).count(text, length, limit);
}

function load(pattern: CompiledPattern, name: string) {
  const interpreter = interpreterOf(pattern);
  interpreter.load(name);
  interpreter.steps = 0;
  return interpreter;
}

describe('steps of the interpreter, counted without taking them', () => {
  const seed = 20_261_127;
  const patience = 200_000;

  it(`P20c: as many as it takes, on random patterns, seed ${seed}`, () => {
    const random = createRandom(seed);
    const differing: unknown[] = [];
    let compared = 0;
    for (let i = 0; i < 1500; i++) {
      const kind = random.pick(['names', 'letters'] as const);
      const compiled = compilePattern(randomPattern(random, false, kind), random.pick(pythonVersions));
      if (!compiled.ok) continue;
      for (let k = 0; k < 8; k++) {
        const name = randomName(random, kind);
        const counted = count(compiled.value, name);
        if (counted === null) continue;
        const interpreter = load(compiled.value, name);
        const outcome = interpreter.run(0, false, patience);
        compared++;
        const agrees = outcome === 'budget' ? counted > patience : counted === interpreter.steps;
        if (!agrees) differing.push({ source: compiled.value.source, name, outcome, steps: interpreter.steps, counted });
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  });

  it.each([
    ['(?:a|b)*!$c?b', 100],
    ['(a+)+$', 18],
    ['(?:a?){12}b', 16],
    ['(?:(?>a+)|a)*b', 16],
    ['(?:(?=a)a|a)*+(?<=a)b', 100],
    ['(?:a{,3}?)+?b', 12],
    ['(?:(?!b)a|a??){2,}b', 10],
  ])('P20c: %s on %i letters', (source, length) => {
    const pattern = compile(source);
    const counted = count(pattern, `${'a'.repeat(length)}!`);
    const interpreter = load(pattern, `${'a'.repeat(length)}!`);
    expect(interpreter.run(0, false, 10_000_000)).toBe('no-match');
    expect(counted).toBe(interpreter.steps);
  });

  it('P20c: what would take longer than the world stands', () => {
    expect(count(compile('(?:(?:a|b)+x?)*c'), 'a'.repeat(300))).toBeGreaterThan(1e90);
  });

  it('P20d: up to where groups are asked for', () => {
    const name = `${'a'.repeat(40)}!`;
    const [before, after] = ['(?:a+)+b|(c)\\1', '(c)?\\1(?:a+)+b'].map((source) => countLeast(compile(source), name));
    expect([before?.isLeast, after?.isLeast]).toEqual([false, true]);
    expect([before!.steps > 1e9, after!.steps < 10]).toEqual([true, true]);
    expect(countLeast(compile('(?:a+)+b|(a)(?>\\1)'), name)).toMatchObject({ isLeast: true });
    expect(countLeast(compile('(?:a+)+b|(a)(?>\\1)'), name)!.steps).toBeGreaterThan(1e9);
  });

  it('P20d: what groups hold is not counted, nor more states than allowed, nor names of any length', () => {
    expect(count(compile('(a)+\\1b'), 'aaa')).toBeNull();
    expect(count(compile('(a)?(?(1)b|c)'), 'ab')).toBeNull();
    expect(count(compile('(?:a|b|ab)*c'), 'ab'.repeat(60), 20)).toBeNull();
    expect(count(compile('((?:a|(?=(?:a|b)*)b)*?)*c'), 'a'.repeat(100_000))).toBeNull();
  });
});

/** Runs an action as deep in the stack as it is asked to. */
function dive<Outcome>(levels: number, action: () => Outcome): Outcome {
  return levels === 0 ? action() : dive(levels - 1, action);
}

function levelsOfStack(): number {
  let levels = 1;
  const fits = (wanted: number): boolean => {
    try {
      return dive(wanted, () => true);
    } catch {
      return false;
    }
  };
  while (fits(levels * 2)) levels *= 2;
  return levels;
}

it('P20d: where the stack has no room, nothing is counted instead of something wrong', () => {
  const pattern = compile(String.raw`(?:(?:\w\.?)+\.?)+!`);
  const name = 'a.'.repeat(500);
  const levels = levelsOfStack();
  expect(count(pattern, 'a.a.a')).toBeGreaterThan(0);
  const load = () => countLeast(pattern, 'a');
  const counted = countLeast(pattern, name, 1_000_000);
  expect(counted).not.toBeNull();
  for (let at = levels; at < levels * 1.9; at += levels / 16) {
    let isRoom = false;
    const outcome = dive(Math.floor(at / 2), () => {
      try {
        dive(Math.floor(at / 2), load);
        isRoom = true;
        return dive(Math.floor(at / 2), () => countLeast(pattern, name, 1_000_000));
      } catch (error) {
        return error;
      }
    });
    // How much room there is depends on the code that the engine has compiled by then.
    if (isRoom) expect([null, counted]).toContainEqual(outcome);
  }
});
