import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { packNames, type PackedNames } from '../module-tree/packed-names.ts';
import { prepareSweeps } from './automaton/fill-mask.ts';
import { loadCharacterNames } from './unicode/load-character-names.ts';
import { compilePattern } from './pattern.ts';
import type { PythonVersion } from './python-version.ts';
import { sweepAtOnce, sweepNames, sweepNamesByAutomaton, sweepNamesByInterpreter } from './sweep.ts';

interface Row {
  readonly id: string;
  readonly model: string;
  readonly pattern: string;
  readonly python: PythonVersion;
  readonly matched?: readonly number[];
  readonly error?: { readonly msg: string; readonly pos: number | null };
}

function readGzip(path: string): string {
  return gunzipSync(readFileSync(new URL(path, import.meta.url))).toString('utf8');
}

const rows = readGzip('vectors/python_re.jsonl.gz')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const trees = new Map<string, PackedNames>();

function namesOf(model: string): PackedNames {
  const known = trees.get(model);
  if (known) return known;
  const tree = JSON.parse(readGzip(`../../../public/samples/${model}.json.gz`)) as { modules: { name: string }[] };
  const names = packNames(tree.modules.map((module) => module.name));
  prepareSweeps(names);
  trees.set(model, names);
  return names;
}

function hits(mask: Uint8Array): number[] {
  return [...mask.keys()].filter((index) => mask[index] === 1);
}

describe('patterns against what CPython answered', () => {
  beforeAll(loadCharacterNames);

  it(`P1–P20: all ${rows.length} rows agree, messages and positions included`, () => {
    const differing: unknown[] = [];
    for (const row of rows) {
      const compiled = compilePattern(row.pattern, row.python);
      const swept = compiled.ok ? sweepNames(compiled.value, namesOf(row.model)) : null;
      const answer = compiled.ok
        ? { matched: swept?.type === 'matched' ? hits(swept.mask) : 'slow' }
        : { error: { msg: compiled.error.msg, pos: compiled.error.pos } };
      const wanted = row.error ? { error: row.error } : { matched: row.matched };
      if (JSON.stringify(answer) !== JSON.stringify(wanted)) {
        differing.push({ id: row.id, pattern: row.pattern, answer, wanted });
      }
    }
    console.log(`python_re.jsonl: ${rows.length - differing.length} of ${rows.length} rows agree`);
    expect(differing).toEqual([]);
  });

  it('P18a–b, P19: automaton and interpreter give the same answer wherever both can', () => {
    const differing: string[] = [];
    let compared = 0;
    for (const row of rows) {
      const compiled = compilePattern(row.pattern, row.python);
      if (!compiled.ok) continue;
      const names = namesOf(row.model);
      const automaton = sweepNamesByAutomaton(compiled.value, names);
      if (!automaton) continue;
      const interpreted = sweepNamesByInterpreter(compiled.value, names);
      if (interpreted.type === 'slow') continue;
      compared++;
      const irregular = new Set(names.irregular);
      const agrees = interpreted.mask.every((hit, index) => {
        const allowed = automaton.mask[index]!;
        return irregular.has(index) || (automaton.exact ? hit === allowed : hit <= allowed);
      });
      if (!agrees) differing.push(row.pattern);
    }
    console.log(`automaton and interpreter compared on ${compared} rows`);
    expect(compared).toBeGreaterThan(1900);
    expect(differing).toEqual([]);
  });

  it('P26: what is known at once is what a whole sweep says', () => {
    const differing: string[] = [];
    let compared = 0;
    for (const row of rows) {
      const compiled = compilePattern(row.pattern, row.python);
      const atOnce = compiled.ok ? sweepAtOnce(compiled.value, namesOf(row.model)) : null;
      if (!compiled.ok || !atOnce) continue;
      compared++;
      const whole = sweepNames(compiled.value, namesOf(row.model));
      const agrees = atOnce.mask.every((hit, index) => hit === whole.mask[index]) && atOnce.count === whole.count;
      if (!agrees || (atOnce.isSure && whole.type === 'slow')) differing.push(row.pattern);
    }
    expect(compared).toBeGreaterThan(1200);
    expect(differing).toEqual([]);
  });
});
