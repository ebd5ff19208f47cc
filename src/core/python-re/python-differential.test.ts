import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packNames } from '../module-tree/packed-names.ts';
import { askPython, findPythons, readReTests, type InstalledPython, type PythonAnswer, type PythonQuestion } from '../testing/python-re-process.ts';
import { randomName, randomPattern } from '../testing/python-re-patterns.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { loadCharacterNames } from './unicode/load-character-names.ts';
import { matchName } from './match/match-name.ts';
import { compilePattern, patternErrorText, type CompiledPattern } from './pattern.ts';
import { sweepNames, sweepNamesByAutomaton } from './sweep.ts';

const pythons = findPythons();
const seconds = Number(process.env['ESPALIER_FUZZ_SECONDS'] ?? 3);
const seed = Number(process.env['ESPALIER_FUZZ_SEED'] ?? Date.now() % 1_000_000);

/** Whether a later or earlier patch of the same version is known to differ on such a pattern. */
function isPatchDependent(pattern: string, { version, patch }: InstalledPython): boolean {
  if (version === '3.11' && patch < 5) return /[*+?}]\+|4294967294/.test(pattern);
  const folds = /\(\?[a-z]*i/.test(pattern) && (/[\u{10000}-\u{10ffff}]/u.test(pattern) || /\\U000[1-9]/.test(pattern));
  return folds && ((version === '3.12' && patch >= 8) || (version === '3.13' && patch >= 1) || version === '3.14');
}

function question(random: Random): PythonQuestion {
  const kind = random.pick(['names', 'letters'] as const);
  return {
    pattern: randomPattern(random, random.chance(kind === 'names' ? 0.35 : 0.05), kind),
    mode: random.pick(['match', 'match', 'match', 'search', 'fullmatch']),
    texts: Array.from({ length: 6 }, () => randomName(random, kind)),
  };
}

/** This engine's answer, in the form of Python's answer. `skip` where Python itself gave up or broke. */
function answer(pattern: CompiledPattern, asked: PythonQuestion, theirs: readonly unknown[]): unknown[] {
  return asked.texts.map((text, i) => {
    if (typeof theirs[i] === 'string') return theirs[i];
    const found = matchName(pattern, text, asked.mode);
    if (found.type === 'slow') return theirs[i];
    if (found.type === 'no-match') return null;
    const point = (unit: number): number => Array.from(text.slice(0, unit)).length;
    const spans = [[found.start, found.end], ...found.groups].map((span) => (span ? span.map(point) : [-1, -1]));
    return spans.some(([start, end]) => start! > end!) ? theirs[i] : spans;
  });
}

/** The difference between this engine and Python on one question; `null` when there is none. */
function difference(python: InstalledPython, asked: PythonQuestion, theirs: PythonAnswer): unknown {
  const compiled = compilePattern(asked.pattern, python.version);
  if ('error' in theirs) {
    const ours = compiled.ok ? 'accepted' : { ...compiled.error, text: patternErrorText(compiled.error, asked.pattern) };
    return same(ours, theirs.error) ? null : { ...asked, ours, theirs: theirs.error };
  }
  if (!compiled.ok) return { ...asked, ours: compiled.error, theirs: 'accepted' };
  const results = answer(compiled.value, asked, theirs.results);
  if (!same(results, theirs.results)) return { ...asked, ours: results, theirs: theirs.results };
  const warnings = [...new Set(theirs.warnings)];
  if (!same([...new Set(compiled.value.warnings)], warnings)) return { ...asked, ours: compiled.value.warnings, warnings };
  if (asked.mode !== 'match') return null;
  const names = packNames(asked.texts);
  const swept = sweepNames(compiled.value, names);
  const automaton = sweepNamesByAutomaton(compiled.value, names);
  const irregular = new Set(names.irregular);
  const disagrees = theirs.results.findIndex((result, i) => {
    if (typeof result === 'string') return false;
    const hit = result === null ? 0 : 1;
    if (swept.type === 'matched' && swept.mask[i] !== hit) return true;
    if (!automaton || irregular.has(i)) return false;
    return automaton.exact ? automaton.mask[i] !== hit : automaton.mask[i]! < hit;
  });
  return disagrees < 0 ? null : { ...asked, name: asked.texts[disagrees], swept, automaton };
}

function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

describe.runIf(pythons.length > 0)(`against ${pythons.map(({ version, patch }) => `Python ${version}.${patch}`).join(', ')}`, () => {
  it(`P1–P20: random patterns, seed ${seed}`, async () => {
    await loadCharacterNames();
    const random = createRandom(seed);
    const differing: unknown[] = [];
    let compared = 0;
    const end = performance.now() + seconds * 1000;
    do {
      for (const python of pythons) {
        const asked = Array.from({ length: 120 }, () => question(random)).filter(({ pattern }) => !isPatchDependent(pattern, python));
        const answers = await askPython(python.command, asked);
        expect(answers.length).toBe(asked.length);
        for (const [i, one] of asked.entries()) {
          const found = difference(python, one, answers[i]!);
          if (found !== null) differing.push({ python: python.version, difference: found });
        }
        compared += asked.length;
      }
    } while (performance.now() < end && differing.length === 0);
    console.log(`random patterns: ${compared} compared over ${pythons.length} versions of Python, seed ${seed}`);
    expect(differing).toEqual([]);
  });

  it("P1–P16: CPython's own table", () => {
    const differing: unknown[] = [];
    let compared = 0;
    for (const python of pythons) {
      for (const [source, text, outcome, expression, value] of readReTests(python.command)) {
        compared++;
        const compiled = compilePattern(source, python.version);
        const found = compiled.ok ? matchName(compiled.value, text, 'search') : null;
        const ours = found === null ? 2 : found.type === 'match' ? 0 : 1;
        const shown = found?.type === 'match' && compiled.ok ? evaluate(expression ?? '', text, found, compiled.value) : undefined;
        if (ours !== outcome || (outcome === 0 && shown !== value)) differing.push({ version: python.version, source, text, ours, shown });
      }
    }
    console.log(`test.re_tests: ${compared - differing.length} of ${compared} rows agree`);
    expect(differing).toEqual([]);
  });
});

/** Value of an expression of the table such as `found+"-"+g1`. */
function evaluate(
  expression: string,
  text: string,
  found: { readonly start: number; readonly end: number; readonly groups: readonly (readonly [number, number] | null)[] },
  pattern: CompiledPattern,
): string {
  return expression
    .split('+')
    .map((part) => {
      const name = part.trim();
      if (name.startsWith('"')) return name.slice(1, -1);
      if (name === 'found') return text.slice(found.start, found.end);
      const group = pattern.parsed.groupNames.get(name) ?? Number(name.replace('g', ''));
      const span = found.groups[group - 1];
      if (span === undefined) return 'Error';
      return span === null ? 'None' : text.slice(...span);
    })
    .join('');
}
