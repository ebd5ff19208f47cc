import { getKey, isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { isNormPruner, writeAlgorithm, type Algorithm } from './algorithm.ts';
import { foldsBias } from './run-fusion.ts';

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
  /** The bias of a fused head is lost when the next compressor wraps the model again (rule A-C7). */
  | { readonly type: 'fused-bias'; readonly at: number; readonly earlier: number; readonly module: string; readonly error: 'AssertionError'; readonly message: string }
  /** A mask follows one that an earlier pruner has (rule A-C8). */
  | { readonly type: 'align-taken'; readonly at: number; readonly earlier: number; readonly module: string; readonly target: string; readonly error: 'AssertionError' | 'KeyError'; readonly message: string }
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
      const issue = between(links, earlier, at, tree) ?? takenSource(links, earlier, at, tree);
      if (issue !== null) issues.push(issue);
    });
    const isRefused = issues.some((issue) => issue.at === at && 'error' in issue);
    const head = at === 0 || isRefused ? undefined : headWithLostBias(links, at - 1, tree);
    if (head !== undefined) issues.push({ type: 'fused-bias', at, earlier: at - 1, module: head, error: 'AssertionError', message: '' });
  });
  return issues;
}

/** A head with a bias that is folded into a BatchNorm, and of which no list makes a target. */
function headWithLostBias(links: readonly ChainLink[], at: number, tree: ModuleTree): string | undefined {
  const { fusions } = links[at]!.resolution;
  if (fusions.length === 0) return undefined;
  const lookup = createNameLookup(tree);
  const isTarget = (row: number): boolean => links.some(({ algorithm, resolution }) => algorithm.mode !== 'distillation' && targetsOf(resolution, row).has('bias'));
  return fusions.find(({ head, rest }) => {
    const row = lookup.rowOf(head);
    const parts = rest.map((name) => lookup.rowOf(name)).filter((part) => part >= 0);
    return row >= 0 && foldsBias(moduleSpec(tree, row), parts.map((part) => moduleSpec(tree, part))) && !isTarget(row);
  })?.head;
}

/** A target of a later pruner that follows one which an earlier pruner keeps for itself. */
function takenSource(links: readonly ChainLink[], earlier: number, at: number, tree: ModuleTree): ChainIssue | null {
  const [first, second] = [links[earlier]!, links[at]!];
  if (first.algorithm.mode !== 'pruning' || second.algorithm.mode !== 'pruning') return null;
  const lookup = createNameLookup(tree);
  for (const [module, id] of second.resolution.outcomeId.entries()) {
    for (const { setting, target } of second.resolution.outcomes[id]?.targets ?? []) {
      const align = getKey(setting, 'align');
      if (!isConfigObject(align) || targetsOf(first.resolution, module).has(target)) continue;
      const [named, source] = [getKey(align, 'module_name'), getKey(align, 'target_name')];
      const row = typeof named === 'string' ? lookup.rowOf(named) : module;
      if (row < 0 || typeof source !== 'string' || !targetsOf(first.resolution, row).has(source)) continue;
      const own = second.resolution.outcomes[second.resolution.outcomeId[row]!]?.targets ?? [];
      const hasOthers = own.some((other) => getKey(other.setting, 'align') === undefined && !targetsOf(first.resolution, row).has(other.target));
      const error = hasOthers ? 'KeyError' : 'AssertionError';
      return { type: 'align-taken', at, earlier, module: moduleName(tree, module), target, error, message: hasOthers ? pythonStringRepr(source) : '' };
    }
  }
  return null;
}

function targetsOf({ outcomes, outcomeId }: Resolution, module: number): ReadonlySet<string> {
  return new Set(outcomes[outcomeId[module]!]?.targets.map(({ target }) => target) ?? []);
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
    case 'fused-bias':
      return `${nameAt(issue.at)} loses the bias of ${issue.module}, which ${nameAt(issue.earlier)} folds into a BatchNorm: the first forward pass fails. Make bias a target, or put ${nameAt(issue.earlier)} last.`;
    case 'align-taken':
      return `${nameAt(issue.at)} fails: the mask of ${issue.module}.${issue.target} follows one that ${nameAt(issue.earlier)} keeps.`;
    case 'compress-first':
      return `${nameAt(issue.at)} makes no masks in a chain by itself; the script makes them before the next step.`;
    case 'no-targets':
      return `${nameAt(issue.at)} has nothing to do: ${nameAt(issue.earlier)} has all its targets.`;
  }
}
