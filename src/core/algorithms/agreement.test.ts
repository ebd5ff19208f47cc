import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modes } from '../config/mode.ts';
import { getKey, isConfigList, isConfigObject, objectOf, valuesEqual, type ConfigEntry, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { jsonRows } from '../testing/nni-vectors.ts';
import { readAlgorithm } from './algorithm.ts';
import { outcomeValue } from './outcome-value.ts';
import { predictOutcome } from './predict-outcome.ts';

const folder = new URL('vectors/', import.meta.url);
const rows = jsonRows(new URL('algorithms.jsonl.gz', folder));
/** Random lists on eleven other models, run with NNI 3.0 and torch 1.13.1. */
const randomRows = jsonRows(new URL('algorithms-more.jsonl.gz', folder));
/** Random lists on eighteen models with odd parts, of which some are frozen; the trees have the data flow. Run likewise. */
const oddRows = jsonRows(new URL('algorithms-odd.jsonl.gz', folder));

/** Models whose trees in `models/flows` have the data flow of a batch of 4, as the recorded runs had. */
const modelsOfFlows: ReadonlySet<string> = new Set(['spec_mlp', 'conv_bn_relu']);

const trees = new Map<string, { readonly tree: ModuleTree; readonly resolver: Resolver }>();

function modelOf(name: string, within: string, withFlow: boolean): { readonly tree: ModuleTree; readonly resolver: Resolver } {
  const key = `${within}${name} ${withFlow}`;
  const known = trees.get(key);
  if (known) return known;
  const bytes = readFileSync(new URL(`${within}${name}.json.gz`, folder));
  const read = readTree({ name: `${name}.json.gz`, bytes });
  if (!read.ok) throw new Error(name);
  const tree = withFlow ? read.value : { ...read.value, graph: null };
  const model = { tree, resolver: createResolver(tree) };
  trees.set(key, model);
  return model;
}

function textAt(row: ConfigObject, key: string): string {
  const value = getKey(row, key);
  return typeof value === 'string' ? value : '';
}

function outcomeOf(row: ConfigObject, within = 'models/', withFlow = true): ConfigObject {
  const { tree, resolver } = modelOf(textAt(row, 'model'), within, withFlow);
  const mode = modes.find((candidate) => candidate === getKey(row, 'mode'))!;
  const algorithm = readAlgorithm(textAt(row, 'algorithm'))!;
  const resolution = resolver.resolve({ mode, list: getKey(row, 'config_list') ?? [], templates: [], python: '3.11' });
  const call = getKey(row, 'call');
  const teacher = textAt(row, 'teacher');
  const uncalled = getKey(row, 'uncalled');
  const outcome = predictOutcome(resolution, resolver, {
    algorithm,
    call: isConfigObject(call) ? call : null,
    teacher: teacher === '' ? null : modelOf(teacher, within, withFlow).tree,
    uncalled: isConfigList(uncalled) ? uncalled.filter((name) => typeof name === 'string') : [],
  });
  return outcomeValue(outcome, tree);
}

/**
 * Counts that happened to be the same in all recorded runs, of masks whose weights decide (rule A-P2). Each is of a bias that follows a weight pruned element by
 * element: it is masked where a whole row is. A row can be, as more elements go than it has. With the same numbers (76 of 256 elements) other biases of these rows
 * differ from run to run, and a row of weights near 0 is filled in every run.
 */
const countedByChance = 4;

const made = ['masks', 'targets', 'losses', 'loss_added'] as const;

/** Masks in which every undecided one takes the recorded count; `chance` collects the rows. */
function withCounts(masks: ConfigValue | undefined, recorded: ConfigValue | undefined, chance: Set<string>): ConfigValue | undefined {
  if (!isConfigObject(masks) || !isConfigObject(recorded)) return masks;
  return objectOf(
    masks.entries.map(([key, value]): ConfigEntry => {
      const counted = getKey(recorded, key) ?? null;
      if (isConfigObject(value)) return [key, withCounts(value, counted, chance)!];
      if (value === null && counted !== null) chance.add(key);
      return [key, value ?? counted];
    }),
  );
}

/** The differences of an outcome from a row; with `isOpen`, only contradictions, not gaps. */
function differences(row: ConfigObject, outcome: ConfigObject, isOpen: boolean, chance: Set<string>): readonly string[] {
  const found: string[] = [];
  const compare = (label: string, expected: ConfigValue | undefined, actual: ConfigValue | undefined): void => {
    if (isOpen && (actual === undefined || actual === null)) return;
    if (isOpen && isConfigObject(expected) && isConfigObject(actual)) {
      for (const [key, value] of actual.entries) compare(`${label}.${key}`, getKey(expected, key), value);
      return;
    }
    if (expected === actual || (expected !== undefined && actual !== undefined && valuesEqual(expected, actual))) return;
    found.push(`${label}: ${JSON.stringify(expected)} · ${JSON.stringify(actual)}`);
  };
  const part = (object: ConfigObject, key: string, inner: string): ConfigValue | undefined => {
    const value = getKey(object, key);
    return isConfigObject(value) ? getKey(value, inner) : undefined;
  };
  compare('accepted', getKey(row, 'accepted'), getKey(outcome, 'accepted'));
  for (const inner of ['type', 'moment']) compare(`error ${inner}`, part(row, 'error', inner), part(outcome, 'error', inner));
  const isFailing = getKey(row, 'error') !== undefined;
  for (const key of made) {
    const value = getKey(outcome, key);
    if (isFailing && value !== undefined && value !== null) found.push(`${key} is reported, and it fails`);
    if (!isFailing) compare(key, getKey(row, key), isOpen || key !== 'masks' ? value : withCounts(value, getKey(row, key), chance));
  }
  if (!isFailing || !isOpen) compare('forward_after', part(row, 'forward_after', 'type'), part(outcome, 'forward_after', 'type'));
  if (!isOpen && getKey(outcome, 'needs') !== undefined) found.push(`needs ${JSON.stringify(getKey(outcome, 'needs'))}`);
  return found;
}

/** The tree says that the module is called, and only the flow that nothing uses what it gives. */
function needsFlow(row: ConfigObject): boolean {
  const needs = getKey(row, 'needs');
  return isConfigList(needs) && needs.includes('flow');
}

/** Of a list with several faults NNI may meet any first (`faults`: the exceptions of its parts alone). */
function raisesOneOf(row: ConfigObject, outcome: ConfigObject): boolean {
  const faults = getKey(row, 'faults');
  const error = getKey(outcome, 'error');
  if (!isConfigList(faults) || !isConfigObject(error)) return false;
  return faults.some((fault) => isConfigList(fault) && fault[0] === getKey(error, 'type') && fault[1] === getKey(error, 'moment'));
}

describe('outcomes against what NNI’s classes did', () => {
  it(`A-P1–A-P16, A-Q1–A-Q14, A-D1–A-D7: of ${rows.length} runs those that the tree decides agree, and none is contradicted`, () => {
    const counts = new Map<string, { agree: number; of: number; open: number; decided: number }>();
    const differing: unknown[] = [];
    const byChance: unknown[] = [];
    for (const row of rows) {
      const name = textAt(row, 'algorithm');
      const count = counts.get(name) ?? { agree: 0, of: 0, open: 0, decided: 0 };
      counts.set(name, count);
      const isOpen = getKey(row, 'needs') !== undefined;
      const outcome = outcomeOf(row);
      const chance = new Set<string>();
      const found = differences(row, outcome, isOpen, chance);
      if (chance.size > 0) byChance.push(getKey(row, 'id'));
      if (isOpen) {
        count.open++;
        if (getKey(outcome, 'needs') === undefined) count.decided++;
      } else count.of++;
      if (found.length === 0 && !isOpen) count.agree++;
      if (found.length > 0) differing.push([getKey(row, 'id'), JSON.stringify(getKey(row, 'config_list')).slice(0, 600), found]);
    }
    const lines = [...counts].map(
      ([name, { agree, of, open, decided }]) => `${name}: ${agree} of ${of} agree; ${open} need more than the tree, ${decided} of them are reported all the same`,
    );
    console.log(lines.toSorted().join('\n'));
    expect(differing).toEqual([]);
    expect(byChance).toHaveLength(countedByChance);
  });

  it('G19, A-P8: rows that need shapes agree where the tree has the data flow of the input that the run had, and most are decided', () => {
    const counts = { rows: 0, decided: 0, before: 0 };
    const differing: unknown[] = [];
    for (const row of rows) {
      const needs = getKey(row, 'needs');
      if (!isConfigList(needs) || !needs.includes('shapes') || !modelsOfFlows.has(textAt(row, 'model'))) continue;
      const outcome = outcomeOf(row, 'models/flows/');
      const isDecided = getKey(outcome, 'needs') === undefined;
      const found = differences(row, outcome, !isDecided, new Set());
      counts.rows++;
      if (isDecided) counts.decided++;
      if (getKey(outcomeOf(row), 'needs') === undefined) counts.before++;
      if (found.length > 0) differing.push([getKey(row, 'id'), found]);
    }
    console.log(`rows that need shapes: with the data flow ${counts.decided} of ${counts.rows} are decided and agree, without it ${counts.before}`);
    expect(differing).toEqual([]);
    expect(counts).toEqual({ rows: 109, decided: 99, before: 62 });
  });

  it.each([
    { title: 'A-P1–A-W3: random lists on other models', recorded: randomRows, within: 'models/more/', withFlow: true, expected: { agree: 1987, several: 5, open: 121 } },
    { title: 'A-P1–A-W3, A-F1–A-F2, A-Q15: random lists on odd models with their data flow', recorded: oddRows, within: 'models/odd/', withFlow: true, expected: { agree: 761, several: 0, open: 11 } },
    { title: 'A-P1–A-W3: the same without the data flow', recorded: oddRows, within: 'models/odd/', withFlow: false, expected: { agree: 691, several: 0, open: 76 } },
  ])('$title: none is contradicted, and those that the tree decides agree', ({ recorded, within, withFlow, expected }) => {
    const counts = { agree: 0, several: 0, open: 0 };
    const differing: unknown[] = [];
    for (const row of recorded) {
      if (!withFlow && needsFlow(row)) continue;
      const outcome = outcomeOf(row, within, withFlow);
      const found = differences(row, outcome, true, new Set());
      if (found.length === 0) counts[differences(row, outcome, false, new Set()).length === 0 ? 'agree' : 'open']++;
      else if (raisesOneOf(row, outcome)) counts.several++;
      else differing.push([getKey(row, 'id'), JSON.stringify(getKey(row, 'config_list')).slice(0, 600), found]);
    }
    console.log(`random lists: ${counts.agree} agree, ${counts.open} need more than the tree, in ${counts.several} one of several faults is met first`);
    expect(differing).toEqual([]);
    expect(counts).toEqual(expected);
  });
});
