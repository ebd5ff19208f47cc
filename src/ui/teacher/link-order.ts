import { countBlocks } from '../../core/module-tree/mask-counts.ts';
import type { LinkFit, LinkSurvey } from '../../core/algorithms/survey-links.ts';
import type { Hits } from '../tree/rows/lay-rows.ts';

/** Links that can be found by either side; built once for a survey. */
export interface OrderedLinks extends LinkSurvey {
  /** Places of the links, ordered by module of the teacher; links to modules that it lacks come first. */
  readonly byTeacher: Uint32Array;
  readonly counts: ReadonlyMap<LinkFit, number>;
}

/** Orders the links of a survey by the teacher's modules, and counts them. */
export function orderLinks(survey: LinkSurvey): OrderedLinks {
  const { size, teacherModule, comparison, comparisons } = survey;
  const byTeacher = Uint32Array.from({ length: size }, (_, at) => at).sort((a, b) => teacherModule[a]! - teacherModule[b]! || a - b);
  const counts = new Map<LinkFit, number>();
  for (const at of comparison) {
    const { fit } = comparisons[at]!;
    counts.set(fit, (counts.get(fit) ?? 0) + 1);
  }
  return { ...survey, byTeacher, counts };
}

/** The links whose student's module is at least `from` and below `to`: they are in one piece. */
export function linksFrom({ module, size }: LinkSurvey, from: number, to: number): readonly [start: number, end: number] {
  return [lowerBound(size, (at) => module[at]! < from), lowerBound(size, (at) => module[at]! < to)];
}

/** The same by the teacher's modules; counts places in `byTeacher`. */
export function linksTo({ teacherModule, byTeacher, size }: OrderedLinks, from: number, to: number): readonly [start: number, end: number] {
  return [lowerBound(size, (at) => teacherModule[byTeacher[at]!]! < from), lowerBound(size, (at) => teacherModule[byTeacher[at]!]! < to)];
}

function lowerBound(size: number, isBelow: (at: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The teacher's modules that something links to. `modules`: how many the teacher has. */
export function linkedModules({ teacherModule }: LinkSurvey, modules: number): Hits {
  const mask = new Uint8Array(modules);
  for (const module of teacherModule) if (module >= 0) mask[module] = 1;
  const blocks = countBlocks(mask);
  return { mask, blocks, count: blocks.at(-1) ?? 0 };
}

/** The results of links, the worst first. */
const gravest: readonly LinkFit[] = ['missing', 'mismatch', 'fails', 'unmet', 'open', 'broadcast', 'adapted', 'same'];

/** The graver of two fits. */
export function graver(one: LinkFit, other: LinkFit): LinkFit {
  return gravest.indexOf(one) <= gravest.indexOf(other) ? one : other;
}
