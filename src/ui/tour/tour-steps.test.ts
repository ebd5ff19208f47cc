import { expect, test } from 'vitest';
import { judgeList } from '../../core/checks/judge-list.ts';
import { defaultPlanned } from '../../core/algorithms/planned-algorithm.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { createResolver } from '../../core/resolve/resolver.ts';
import { readSample } from '../../core/testing/nni-vectors.ts';
import { readingTime, tourSample, tourSteps, type TourFrame } from './tour-steps.ts';

const resolver = createResolver(readSample(tourSample));

function judge({ list }: TourFrame) {
  return judgeList(list, { resolver, mode: 'pruning', templates: [], python: '3.11', ...defaultPlanned.pruning, teacher: null, assertions: [], intended: [] });
}

function framesOf(title: string): readonly TourFrame[] {
  return tourSteps.find((step) => step.title === title)!.frames;
}

test('each letter of the pattern is a frame, and what the tour says of it is so', () => {
  const { resolution, verdict } = judge(framesOf('A setting').at(-1)!);
  expect(framesOf('A pattern').length).toBeGreaterThan('layer[34].*conv'.length);
  expect(resolution.subConfigs[0]!.count).toBe(8);
  expect(verdict.state).toBe('ready');
});

test('the pattern of the tour has no warning yet', () => {
  expect(judge(framesOf('A pattern').at(-1)!).verdict.state).toBe('ready');
});

test('the verdict of the tour goes from a warning to ready', () => {
  const frames = framesOf('The verdict');
  expect(judge(frames[0]!).verdict.state).toBe('runs-with-warnings');
  expect(judge(frames.at(-1)!).verdict.state).toBe('ready');
});

test('the module in focus is one of the example, and configured', () => {
  const [{ focus = '' } = { focus: '' }] = framesOf('The result');
  const { resolution } = judge(framesOf('The result')[0]!);
  const module = Array.from({ length: resolver.tree.size }, (_, row) => row).find((row) => moduleName(resolver.tree, row) === focus)!;
  expect(resolution.outcomes[resolution.outcomeId[module]!]!.targets.length).toBeGreaterThan(0);
});

test('the whole tour takes about a minute', () => {
  const played = tourSteps.flatMap(({ frames, text }) => [...frames.map(({ pause }) => pause), readingTime(text)]);
  expect(played.reduce((sum, pause) => sum + pause)).toBeLessThan(75_000);
});
