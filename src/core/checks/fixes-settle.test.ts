import { expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import type { ConfigValue } from '../config/value.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { kindOfFix, wordFix, type Fix } from '../diagnostics/fix.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { readNniVectors, readOddModel, readSample } from '../testing/nni-vectors.ts';
import type { Finding, FindingCode } from './finding.ts';
import { judgeList, type ListSetting } from './judge-list.ts';
import { listAfter } from './keep-settling.ts';
import { wordFinding } from './word-finding.ts';

/** Of the recorded lists every so manieth is looked at; each takes a resolution for every fix. With 1 all are. */
const usual = 61;
const step = Number(process.env['ESPALIER_SETTLE_STEP'] ?? usual);
const timeout = (120_000 * usual) / step;
const resolvers = new Map<string, Resolver>();

function resolverOf(model: string): Resolver {
  const known = resolvers.get(model) ?? createResolver(modelOf(model));
  resolvers.set(model, known);
  return known;
}

function modelOf(model: string) {
  try {
    return readSample(model);
  } catch {
    return readOddModel(model);
  }
}

/** The text of a finding without numbers: similar findings on other modules and sub-configs may remain. */
function kindOfFinding(finding: Finding): string {
  return `${finding.code} ${wordFinding(finding, asResolved).title.replaceAll(/\d[\d,]*/g, '#').replaceAll(/\(.*\)/g, '')}`;
}

function countAlike(findings: readonly Finding[], finding: Finding): number {
  const kind = kindOfFinding(finding);
  return findings.filter((other) => kindOfFinding(other) === kind).length;
}

/** Findings of which a fix settles the place, while the same may be said of another place or target afterwards. */
const movesOn: ReadonlySet<FindingCode> = new Set(['lost-targets', 'empty-quantized', 'mask-failure', 'wrapped-twice', 'missing-parameter', 'takes-containers', 'algorithm-fails']);

it('F10a: every fix of the recorded lists settles its finding, turns it into no other refusal, and is not undone by the next', { timeout }, () => {
  let tried = 0;
  const wrong: string[] = [];
  for (const file of ['nni', 'nni-corners', 'nni-models']) {
    for (const { id, model, mode, list } of readNniVectors(file, step, 2 % step)) {
      const setting: ListSetting = { resolver: resolverOf(model), teacher: null, templates: [], mode, python: '3.11', algorithm: null, call: null };
      const tries = { sure: 1000, hasTime: () => false };
      const judge = (value: ConfigValue, mayTry = false): readonly Finding[] => judgeList(value, mayTry ? { ...setting, tries } : setting).findings;
      const before = judge(list, true);
      for (const finding of before.slice(0, 10)) for (const fix of finding.fixes) check(finding, fix);

      function check(finding: Finding, fix: Fix): void {
        const after = listAfter(list, fix);
        if (after === null) return;
        tried++;
        const left = judge(after);
        const place = `${file} ${id}: ${wordFinding(finding, asResolved).title} → ${wordFix(fix, asResolved)}`;
        const known = new Set(before.filter(({ severity }) => severity === 'refused').map(({ code }) => code));
        const other = left.find(({ severity, code }) => severity === 'refused' && !known.has(code));
        if (other) wrong.push(`${place}: turns into ${other.code}`);
        const isSettled = countAlike(left, finding) < countAlike(before, finding) || movesOn.has(finding.code);
        if (!isSettled) wrong.push(`${place}: stays`);
        const undone = left.flatMap(({ fixes }) => fixes).find((next) => kindOfFix(next) !== 'remove' && written(listAfter(after, next)) === written(list));
        if (undone) wrong.push(`${place}: is undone by ${wordFix(undone, asResolved)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(200);
});

function written(list: ConfigValue | null): string {
  return list === null ? '' : writeCompactJson(list);
}
