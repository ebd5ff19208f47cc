import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { isNormPruner, writeAlgorithm, type Algorithm } from './algorithm.ts';

/** One compressor of a chain: the class and its list, resolved on the model as it is before the chain. */
export interface ChainLink {
  readonly algorithm: Algorithm;
  readonly resolution: Resolution;
}

/** An effect of one list of a chain on another. Places count from 0. */
export type ChainIssue =
  /** A schedule cannot continue from another compressor (rule A-C5). */
  | { readonly type: 'schedule-not-first'; readonly at: number; readonly error: 'NotImplementedError'; readonly message: string }
  /** A list fuses a module that an earlier one has selected, or selects one that an earlier one has fused (rule A-C3). */
  | { readonly type: 'fused-part'; readonly at: number; readonly earlier: number; readonly module: string; readonly error: 'ValueError'; readonly message: string }
  /** Two lists fuse into one module (rule A-C3). */
  | { readonly type: 'fused-twice'; readonly at: number; readonly earlier: number; readonly module: string; readonly error: 'ValueError'; readonly message: string }
  /** Makes its masks only when its own compress() is called before the others are made (rule A-C4). */
  | { readonly type: 'compress-first'; readonly at: number }
  /** An earlier list of the same mode has all targets (rule A-C2). */
  | { readonly type: 'no-targets'; readonly at: number; readonly earlier: number };

/** Finds the effects of a chain's compressors on each other, in its order. Of the errors between two compressors, the first is reported. */
export function findChainIssues(links: readonly ChainLink[], tree: ModuleTree): readonly ChainIssue[] {
  const issues: ChainIssue[] = [];
  links.forEach(({ algorithm }, at) => {
    if (algorithm.mode === 'pruning' && algorithm.schedules.length > 0 && at > 0) {
      const message = `${algorithm.schedules[0]} can not initialized from any compressor.`;
      issues.push({ type: 'schedule-not-first', at, error: 'NotImplementedError', message });
    }
    if (algorithm.mode === 'pruning' && algorithm.schedules.length === 0 && isNormPruner(algorithm.name) && links.length > 1) {
      issues.push({ type: 'compress-first', at });
    }
    links.slice(0, at).forEach((_, earlier) => {
      const issue = between(links, earlier, at, tree);
      if (issue !== null) issues.push(issue);
    });
  });
  return issues;
}

function between(links: readonly ChainLink[], earlier: number, at: number, tree: ModuleTree): ChainIssue | null {
  const [first, second] = [links[earlier]!, links[at]!];
  const [fusedFirst, fusedSecond] = [fusionsOf(first), fusionsOf(second)];
  const wrapped = selectedBy(first.resolution, tree);
  const part = fusedSecond.parts.find((name) => wrapped.has(name));
  const isTwice = fusedSecond.heads.find((name) => fusedFirst.heads.includes(name));
  if (isTwice !== undefined) {
    return { type: 'fused-twice', at, earlier, module: isTwice, error: 'ValueError', message: `Using two fused_modules_pair for ${isTwice} is not supported` };
  }
  if (part !== undefined) {
    return { type: 'fused-part', at, earlier, module: part, error: 'ValueError', message: `Wrapper of ${part} is wrapped, no need to wrap it because of module fusion.` };
  }
  const selected = selectedBy(second.resolution, tree);
  const lost = fusedFirst.parts.find((name) => selected.has(name));
  if (lost !== undefined) {
    const message = 'Using other compression methods on the fused module with IdentityWrapper is not supportted';
    return { type: 'fused-part', at, earlier, module: lost, error: 'ValueError', message };
  }
  return first.algorithm.mode === second.algorithm.mode && hasNothingLeft(first.resolution, second.resolution) ? { type: 'no-targets', at, earlier } : null;
}

function fusionsOf({ resolution: { fusions } }: ChainLink): { readonly heads: readonly string[]; readonly parts: readonly string[] } {
  return { heads: fusions.map(({ head }) => head), parts: fusions.flatMap(({ rest }) => rest) };
}

/** Names of all modules that get a wrapper; modules that are fused into another get theirs as parts. */
function selectedBy({ subConfigs }: Resolution, tree: ModuleTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { selected } of subConfigs) {
    selected.forEach((isSelected, module) => {
      if (isSelected === 1) names.add(moduleName(tree, module));
    });
  }
  return names;
}

/** Every target of the later list is one of the earlier. */
function hasNothingLeft(first: Resolution, second: Resolution): boolean {
  let count = 0;
  for (const [module, id] of second.outcomeId.entries()) {
    const held = new Set(first.outcomes[first.outcomeId[module]!]?.targets.map(({ target }) => target) ?? []);
    for (const { target } of second.outcomes[id]?.targets ?? []) {
      count++;
      if (!held.has(target)) return false;
    }
  }
  return count > 0;
}

/** An order in which schedules come first; otherwise as given. */
export function workingOrder<Link extends Pick<ChainLink, 'algorithm'>>(links: readonly Link[]): readonly Link[] {
  const isSchedule = ({ algorithm }: Link): boolean => algorithm.mode === 'pruning' && algorithm.schedules.length > 0;
  return [...links.filter(isSchedule), ...links.filter((link) => !isSchedule(link))];
}

/** An issue in a sentence; `links` are the classes in their order. */
export function wordChainIssue(issue: ChainIssue, links: readonly Pick<ChainLink, 'algorithm'>[]): string {
  const nameAt = (at: number): string => writeAlgorithm(links[at]!.algorithm);
  switch (issue.type) {
    case 'schedule-not-first':
      return `${nameAt(issue.at)} must come first: NNI cannot make it from another compressor.`;
    case 'fused-part':
      return `${nameAt(issue.at)} fails after ${nameAt(issue.earlier)}: ${issue.module} is fused by one list and selected by the other.`;
    case 'fused-twice':
      return `${nameAt(issue.at)} fails after ${nameAt(issue.earlier)}: both fuse into ${issue.module}.`;
    case 'compress-first':
      return `${nameAt(issue.at)} makes no masks in a chain by itself; the script makes them before the next step.`;
    case 'no-targets':
      return `${nameAt(issue.at)} has nothing to do: ${nameAt(issue.earlier)} has all its targets.`;
  }
}
