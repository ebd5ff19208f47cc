import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { isConfigList, isConfigObject } from '../config/value.ts';
import { createResolver } from '../resolve/resolver.ts';
import { fuzzRuns } from '../testing/fuzz-runs.ts';
import { plainLists, slipsOf, type Slip } from '../testing/human-slips.ts';
import { readOddModel, readSample } from '../testing/nni-vectors.ts';
import { createRandom } from '../testing/random.ts';
import { repairSlip, type SlipOutcome } from '../testing/slip-outcomes.ts';

const { seed } = fuzzRuns(7, 1);
const models = { spec_mlp: readSample, nni_test: readSample, conv_bn_relu: readSample, encoder: readOddModel, tagger: readOddModel };

/** NNI's own translation says more than was written: it prunes biases along. */
const translated = 'sparsity of NNI 2.x';

describe.each(Object.entries(models))(`F9, F13: a slip of the hand in a list for %s becomes what was meant (seed ${seed})`, (name, read) => {
  const tree = { ...read(name), graph: null };
  const setting = { resolver: createResolver(tree), teacher: null, templates: [], mode: 'pruning', python: '3.11', algorithm: null, call: null } as const;
  const random = createRandom(seed);
  const types = ['Linear', 'Conv2d', 'Conv1d'].filter((type) => tree.types.includes(type));
  const slips = plainLists(tree, types, random).flatMap(({ mode, config }) => [...slipsOf(config, mode, tree, random)]);
  const wordOutcome = ({ kind, written }: Slip, outcome: SlipOutcome): string => `${outcome}: ${kind}: ${writeCompactJson(written)}`;

  it('one slip', () => {
    const outcomes = slips.map((slip) => ({ slip, outcome: repairSlip(slip, setting).outcome }));
    expect(outcomes.filter(({ slip, outcome }) => slip.kind !== translated && (outcome === 'other' || outcome === 'refused')).map(({ slip, outcome }) => wordOutcome(slip, outcome))).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'meant').length).toBeGreaterThan(80);
  });

  it('F10e: two slips: in keys, and in a value', () => {
    const keys = slips.filter(({ kind }) => /key|word/.test(kind) && kind !== translated);
    const failed = keys.flatMap((slip) => {
      const [written] = isConfigList(slip.written) ? slip.written : [];
      if (written === undefined || !isConfigObject(written)) return [];
      const second = [...slipsOf(written, slip.mode, tree, random)].filter(({ kind }) => /granularity|bits as|50|without its s|text for a number/.test(kind));
      return second.map((other): Slip => ({ ...other, kind: `${slip.kind}, ${other.kind}`, meant: slip.meant }));
    }).map((slip) => ({ slip, outcome: repairSlip(slip, setting).outcome }));
    expect(failed.filter(({ outcome }) => outcome === 'other' || outcome === 'refused').map(({ slip, outcome }) => wordOutcome(slip, outcome))).toEqual([]);
    expect(failed.length).toBeGreaterThan(10);
  });
});
