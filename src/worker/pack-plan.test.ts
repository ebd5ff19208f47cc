import { describe, expect, it } from 'vitest';
import { createPlan } from '../core/plan/create-plan.ts';
import { readPlanFile } from '../core/plan/plan-file.ts';
import { decodePlanFragment } from '../core/plan/share.ts';
import type { Plan } from '../core/plan/plan.ts';
import { readTree } from '../core/readers/read-tree.ts';
import { readSample } from '../core/testing/nni-vectors.ts';
import { packFile, packLink } from './pack-plan.ts';

const resnet = readSample('resnet18');
const huge = readSample('deepseek_v3');
const own = { name: 'mine', moduleCount: resnet.size, digest: 'd', sample: null };
const plan: Plan = { ...createPlan('p'), tree: own };
const sample: Plan = { ...plan, tree: { ...own, sample: 'resnet18' } };

describe('packing plans', () => {
  it('puts a small tree into the link', () => {
    const link = packLink(plan, true, (role) => (role === 'student' ? resnet : null));
    expect(link.carries).toEqual(['tree']);
    expect(link.leavesOut).toEqual([]);
    const read = decodePlanFragment(link.fragment);
    expect(read.ok && read.value.plan).toEqual(plan);
    const text = read.ok ? read.value.trees.tree! : '';
    const tree = readTree({ name: 'x', bytes: new TextEncoder().encode(text) });
    expect(tree.ok && tree.value.size).toBe(resnet.size);
  });

  it('names a sample only, and a tree that is too large', () => {
    expect(packLink(sample, true, () => resnet)).toMatchObject({ carries: [], leavesOut: [] });
    expect(packLink(plan, true, () => huge)).toMatchObject({ carries: [], leavesOut: ['tree'] });
    expect(packLink(plan, false, () => resnet)).toMatchObject({ carries: [], leavesOut: [] });
  });

  it('puts trees of any size into the file, where asked', () => {
    const read = readPlanFile(packFile(sample, true, (role) => (role === 'student' ? resnet : null)));
    expect(read.ok && Object.keys(read.value.trees)).toEqual(['tree']);
    const bare = readPlanFile(packFile(sample, false, () => resnet));
    expect(bare.ok && bare.value).toEqual({ plan: sample, trees: {} });
  });
});
