import { describe, expect, it } from 'vitest';
import { packNames } from '../module-tree/packed-names.ts';
import { randomName, randomPattern } from '../testing/python-re-patterns.ts';
import { createRandom } from '../testing/random.ts';
import { explainPattern } from './explain.ts';
import { loadCharacterNames } from './unicode/load-character-names.ts';
import { interpreterOf, matchName } from './match/match-name.ts';
import { codePointToUnit, compilePattern, needsUnicodeNames, patternErrorText, type CompiledPattern } from './pattern.ts';
import { pythonVersions, type PythonVersion } from './python-version.ts';
import { sweepNames } from './sweep.ts';

function compile(source: string, python: PythonVersion = '3.11'): CompiledPattern {
  const compiled = compilePattern(source, python);
  if (!compiled.ok) throw new Error(compiled.error.msg);
  return compiled.value;
}

/** `accepted`, or the error as Python prints it. */
function verdict(source: string, python: PythonVersion): string {
  const compiled = compilePattern(source, python);
  return compiled.ok ? 'accepted' : `${compiled.error.type}: ${patternErrorText(compiled.error, source)}`;
}

/** Verdicts of all versions, equal ones in a row once. */
function history(source: string): string[] {
  const reported: string[] = [];
  let last = '';
  for (const python of pythonVersions) {
    const now = verdict(source, python);
    if (now !== last) reported.push(`${python} ${now}`);
    last = now;
  }
  return reported;
}

describe('what is accepted, by version', () => {
  it.each([
    ['P2', 'x*+', ['3.8 re.error: multiple repeat at position 2', '3.11 accepted']],
    ['P2', '(?>x)', ['3.8 re.error: unknown extension ?> at position 1', '3.11 accepted']],
    ['P3', 'x(?i)', ['3.8 accepted', '3.11 re.error: global flags not at the start of the expression at position 1']],
    ['P3', '(?t)x', ['3.8 accepted', '3.13 re.error: unknown extension ?t at position 1']],
    ['P3', '(?t)x*', [
      '3.8 re.error: internal: unsupported template operator MAX_REPEAT',
      '3.13 re.error: unknown extension ?t at position 1',
    ]],
    ['P3', '(?a)(?u)', ['3.8 ValueError: ASCII and UNICODE flags are incompatible']],
    ['P4b', '()(?( 1)x)', ['3.8 accepted', "3.12 re.error: bad character in group name ' 1' at position 5"]],
    ['P4c', '(?(9)x)', ['3.8 RuntimeError: invalid SRE code', '3.9 re.error: invalid group reference 9 at position 3']],
    ['P5', 'x\\z', ['3.8 re.error: bad escape \\z at position 1', '3.14 accepted']],
    ['P5', '[\\U80000000]', [
      '3.8 OverflowError: Python int too large to convert to C int',
      '3.13 re.error: bad escape \\U80000000 at position 1',
    ]],
    ['P7', '[z-a]', ['3.8 re.error: bad character range z-a at position 1']],
    ['P7', '[a-\\d]', ['3.8 re.error: bad character range a-\\d at position 1']],
    ['P8', '(?x)(? :a)', ['3.8 re.error: unknown extension ?  at position 5']],
    ['P9', '(?<=(?:a{65536}){65536}b*)', [
      '3.8 re.error: look-behind requires fixed-width pattern',
      '3.11 re.error: looks too much behind',
    ]],
    ['P9', 'x{4294967295}', ['3.8 OverflowError: the repetition number is too large']],
    ['P9', `${'('.repeat(600)}${')'.repeat(600)}`, [
      '3.8 RecursionError: maximum recursion depth exceeded in comparison',
      '3.11 RecursionError: maximum recursion depth exceeded while calling a Python object',
      '3.12 RecursionError: maximum recursion depth exceeded',
    ]],
    ['P9', `${'('.repeat(490)}${')'.repeat(490)}`, ['3.8 accepted']],
    ['P1', 'a\nb)\n', ['3.8 re.error: unbalanced parenthesis at position 3 (line 2, column 2)']],
    ['P1', '𐐀)', ['3.8 re.error: unbalanced parenthesis at position 1']],
  ] as const)('%s: %.60j', (_rule, source, wanted) => {
    expect(history(source)).toEqual(wanted);
  });

  it('P6: character names once they are loaded', async () => {
    const source = '\\N{LATIN SMALL LETTER A}[\\N{em dash}-\\N{VS17}]\\N{HANGUL SYLLABLE GAG}\\N{CJK UNIFIED IDEOGRAPH-4E00}';
    expect(needsUnicodeNames(source)).toBe(true);
    await loadCharacterNames();
    expect(verdict(source, '3.11')).toBe('accepted');
    expect(matchName(compile(source), 'a\u2014\uac01\u4e00').type).toBe('match');
    for (const alias of ['NULL', 'Bom', 'MEDEFAIDRIN SMALL LETTER NG', 'YI SYLLABLE ITERATION MARK']) {
      expect([alias, verdict(`\\N{${alias}}`, '3.11')]).toEqual([alias, 'accepted']);
    }
    expect(verdict('x\\N{NO SUCH}', '3.11')).toBe("re.error: undefined character name 'NO SUCH' at position 1");
    expect(verdict('\\N{hangul syllable gag}', '3.11')).toContain('undefined character name');
  });

  it('P10: warnings', () => {
    expect(compile('[[a]', '3.11').warnings).toEqual(['Possible nested set at position 1']);
    expect(compile('[a&&b]', '3.8').warnings).toEqual(['Possible set intersection at position 2']);
    expect(compile('x(?i)', '3.10').warnings).toEqual(["Flags not at the start of the expression 'x(?i)' but at position 1"]);
  });

  it('P1: positions in UTF-16 units', () => {
    expect([0, 1, 2, 9].map((position) => codePointToUnit('𐐀a', position))).toEqual([0, 2, 3, 3]);
  });
});

describe('what matches', () => {
  it.each([
    ['P7', '[]a-]+', ']a-b', [[0, 3]]],
    ['P7', '[^]a]+', 'b]', [[0, 1]]],
    ['P7', '[\\w-]+', 'a-b.', [[0, 3]]],
    ['P8', '(?x) a b # c\n [ ]', 'ab ', [[0, 3]]],
    ['P8', '(?x)a\\ b', 'a b', [[0, 3]]],
    ['P8', '(?x)a +', 'aaa', [[0, 3]]],
    ['P11', '\\w+', '层é٣_', [[0, 4]]],
    ['P11', '(?a)\\w+', 'aé', [[0, 1]]],
    ['P12', '(?i)[k-s]+', 'KſK', [[0, 3]]],
    ['P12', '(?i)ß', 'ẞ', [[0, 1]]],
    ['P12', '(?i)I', 'ı', [[0, 1]]],
    ['P13', '(a)|b', 'b', [[0, 1], null]],
    ['P13', '(?:(a)|b)*', 'ab', [[0, 2], [0, 1]]],
    ['P13', '(a|b)*?c', 'abc', [[0, 3], [1, 2]]],
    ['P14', '(?:a|ab)*+c', 'abac', null],
    ['P14', '(?>a|ab)c', 'abc', null],
    ['P15', '.$', 'a\n', [[0, 1]]],
    ['P15', '.\\Z', 'a\n', null],
    ['P4a', '(?P<twice>a)(?P=twice)(?(twice)b|c)', 'aab', [[0, 3], [0, 1]]],
    ['P16', '(a)?b\\1', 'b', null],
    ['P16', '(a)?(?(1)b|c)', 'c', [[0, 1], null]],
    ['P1', '(?:𐐀)(b)', '𐐀b', [[0, 3], [2, 3]]],
  ] as const)('%s: %j on %j', (_rule, source, name, wanted) => {
    const found = matchName(compile(source), name);
    expect(found.type === 'match' ? [[found.start, found.end], ...found.groups] : null).toEqual(wanted);
  });

  it('P15: \\B holds in an empty name from 3.14 on', () => {
    const names = packNames(['', 'a']);
    for (const python of pythonVersions) {
      const wanted = python === '3.14';
      expect(matchName(compile('\\B', python), '').type).toBe(wanted ? 'match' : 'no-match');
      expect([...sweepNames(compile('\\B', python), names).mask]).toEqual([wanted ? 1 : 0, 0]);
    }
  });

  it('P13: modes', () => {
    expect(matchName(compile('b'), 'ab').type).toBe('no-match');
    expect(matchName(compile('b'), 'ab', 'search')).toEqual({ type: 'match', start: 1, end: 2, groups: [] });
    expect(matchName(compile('a|ab'), 'ab', 'fullmatch')).toEqual({ type: 'match', start: 0, end: 2, groups: [] });
  });
});

describe('slow patterns', () => {
  const layers = Array.from({ length: 4000 }, (_, i) => `model.layers.${i % 61}.mlp.experts.${i}.down_proj`);

  it.each([`${'(a)?(b)?'.repeat(52)}(?(9)x|y)`, `${'(a)?'.repeat(40)}(?(40)b|c)`, `${'(a|ab|b)'.repeat(30)}\\1!`])('P20d: %j is not tried out', (source) => {
    const compiled = compilePattern(source, '3.11');
    if (!compiled.ok) throw new Error(compiled.error.msg);
    expect(sweepNames(compiled.value, packNames(['', 'ab'.repeat(7), 'a'.repeat(40), 'ab'.repeat(40)])).type).toBe('slow');
    // Predicted from trials, not by spending a second of Python's steps.
    expect(interpreterOf(compiled.value).steps).toBeLessThan(20_000_000);
  });

  it.each(['(\\w+\\.?)+!', '(\\w+\\.?)+\\1!', '(.*)*y\\Z', '(.*).*.*.*.*.*.*\\1!'])('P20b: %j is called slow', (source) => {
    const swept = sweepNames(compile(source), packNames(layers));
    expect(swept.type).toBe('slow');
    expect(swept.type === 'slow' && swept.seconds).toBeGreaterThan(2);
    expect(swept.count).toBe(0);
  });

  it.each([
    ['(?:\\w+\\.?)*act', ['transformer.h.0.attn.resid_dropout', 'transformer.h.0.mlp.act'], 'slow', 1],
    ['(?:\\w+\\.?)*DOWNSAMPLE', ['layer2.0.downsample', 'layer2.0.downsample.1'], 'matched', 8],
    ['(?:a|e|.)?'.repeat(16) + 'X', ['layer2.0.downsample'], 'matched', 8],
    ['(?:a|e|.)?'.repeat(16) + 'X', ['layer2.0.downsample'], 'slow', 400],
    ['([a-z_.]{,4})+?.dense', ['intermediate.intermediate'], 'slow', 1],
  ] as const)('P20a: %s on %j is %s, as Python takes more or less than a second', (source, names, verdict, times) => {
    const all = Array.from({ length: times }, () => names).flat();
    expect(sweepNames(compile(source), packNames(all)).type).toBe(verdict);
  });

  it('P20b: choices that come to an end are none', () => {
    const swept = sweepNames(compile(`${'(a)?(b)?(c)?'.repeat(6)}(?(1)x|y)`), packNames(['', 'a'.repeat(30), 'c'.repeat(30)]));
    expect(swept).toMatchObject({ type: 'matched', count: 0 });
  });

  it('P20e: the automaton still answers', () => {
    const swept = sweepNames(compile('(\\w+\\.?)+!'), packNames([...layers, 'a!']));
    expect([swept.type, swept.count, swept.mask.at(-1)]).toEqual(['slow', 1, 1]);
  });

  it.each(['layer1', '.*\\.\\d+$', '(\\w+\\.)+down_proj', '.*(gate|up)_proj', '(.*)\\.(.*)\\.(.*)'])('P20b: %j is not', (source) => {
    expect(sweepNames(compile(source), packNames(layers)).type).toBe('matched');
  });

  it('P20a: a name alone is given up as well', () => {
    const found = matchName(compile('(a+)+$'), `${'a'.repeat(60)}!`);
    expect(found.type).toBe('slow');
  });
});

describe('any input', () => {
  it('P18a: an alternation of 400 names, and names of any length', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `model.layers.${i}.self_attn.q_proj`);
    const source = names.slice(0, 400).map((name) => name.replaceAll('.', '\\.')).join('|');
    expect(sweepNames(compile(`(?:${source})$`), packNames(names)).count).toBe(400);
    const long = `${'a.'.repeat(100_000)}b`;
    expect(matchName(compile('(?:(a)\\.)*b'), long).type).toBe('match');
    expect(sweepNames(compile('(?:(a)\\.)*b'), packNames([long, 'b', 'x'])).count).toBe(2);
  });

  const seed = 20_240_607;
  it(`P1–P22: nothing throws, seed ${seed}`, () => {
    const random = createRandom(seed);
    for (let i = 0; i < 200; i++) {
      const source = randomPattern(random, true, random.pick(['names', 'letters']));
      for (const text of [source, '('.repeat(random.below(3000)) + source, source.repeat(20), `(?:${source}|`.repeat(200)]) {
        const compiled = compilePattern(text, random.pick(pythonVersions));
        if (!compiled.ok) continue;
        explainPattern(compiled.value);
        const names = packNames(Array.from({ length: 300 }, () => randomName(random)));
        const swept = sweepNames(compiled.value, names, 0.05);
        expect(swept.mask.reduce((sum, hit) => sum + hit, 0)).toBe(swept.count);
      }
    }
  });
});
