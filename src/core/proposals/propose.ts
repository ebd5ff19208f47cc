import { emptyObject, type ConfigObject } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Proposal, ProposalPurpose, Proposals } from './proposal.ts';
import { segmentTable } from './segment-table.ts';
import { selectorChanges, selectorLength } from './selector-change.ts';
import { type Candidate, candidatesFor, type Context, endOf, mostBroader, nearOf, sampleOf, indicesOf } from './candidates.ts';

export interface ProposalRequest {
  readonly purpose: ProposalPurpose;
  /** Module indices, in any order. */
  readonly modules: readonly number[];
  readonly python: PythonVersion;
}

const mostExact = 6;

const mostTried = 48;

/** Comparisons of a name's parts, for all of one request: some tenths of a second. */
const comparisons = 12_000_000;

/**
 * Proposes selectors for modules: their names, patterns that generalise them, types, and excludes. Each is tried as
 * NNI would select (rules S1–S4); nothing is proposed that leaves out a module that was asked for.
 */
export function proposeSelectors(resolver: Resolver, { purpose, modules, python }: ProposalRequest): Proposals {
  const { tree } = resolver;
  const chosen = maskOf(tree.size, modules);
  const base = purpose.type === 'new' ? emptyObject : purpose.config;
  const selected = purpose.type === 'new' ? new Uint8Array(tree.size) : resolver.select(base, python).selected;
  const goal = new Uint8Array(tree.size);
  const concerned: number[] = [];
  let already = 0;
  for (let module = 0; module < tree.size; module++) {
    const [is, asked] = [selected[module] === 1, chosen[module] === 1];
    goal[module] = purpose.type === 'exclude' ? Number(is && !asked) : Number(is || asked);
    if (!asked) continue;
    if (is === (purpose.type === 'exclude')) concerned.push(module);
    else already++;
  }
  const table = segmentTable(tree);
  const wanted = indicesOf(goal, 1);
  const near = nearOf(table, goal, wanted);
  if (concerned.length === 0) return { proposals: [], goal: wanted.length, already, near };
  const context: Context = { resolver, table, python, goal, wanted, budget: { left: comparisons }, end: endOf(resolver) };
  const candidates = candidatesFor(purpose, concerned, context);
  return { proposals: choose(candidates, base, context), goal: wanted.length, already, near };
}

/** Tries candidates, the shortest first, and keeps the best candidates that leave nothing out. */
function choose(candidates: readonly Candidate[], base: ConfigObject, context: Context): readonly Proposal[] {
  const exact: Proposal[] = [];
  const broader = new Map<number, Proposal>();
  const seen = new Set<string>();
  const families = new Set<string>();
  const sorted = candidates
    .map((candidate) => ({ ...candidate, length: selectorLength(candidate.config) }))
    .toSorted((a, b) => a.length - b.length);
  const plainLength = sorted.find(({ plain }) => plain)?.length ?? 0;
  const isDone = (family: string) => families.has(family) || families.has(family.replace('+types', ''));
  let [tried, hasPlain] = [0, false];
  for (const { config, plain = false, family, length } of sorted) {
    const isLimited = tried >= mostTried || exact.length >= mostExact || length > plainLength * 1.3 + 12;
    if (plain ? hasPlain : isLimited || isDone(family)) continue;
    const changes = selectorChanges(base, config);
    const key = JSON.stringify(changes);
    if (changes.length === 0 || seen.has(key)) continue;
    seen.add(key);
    if (exact.some((proposal) => isWithin(proposal.changes, changes))) continue;
    tried++;
    const proposal = tryOut(config, changes, context);
    if (proposal?.fit === 'exact') {
      exact.push(proposal);
      families.add(family);
      if (plain) hasPlain = true;
    } else if (proposal && !broader.has(proposal.count)) broader.set(proposal.count, proposal);
  }
  const wider = [...broader.values()].toSorted((a, b) => a.count - b.count);
  return [...exact, ...wider.slice(0, mostBroader)];
}

/** Whether the second says all that the first says, and more that is not needed. */
function isWithin(less: Proposal['changes'], more: Proposal['changes']): boolean {
  return less.every(({ key, added, removed }) => {
    const other = more.find((change) => change.key === key);
    return other?.removed === removed && added.every((text) => other.added.includes(text));
  });
}

/** Compares the modules that the sub-config selects with the goal; `null` when it leaves one out. */
function tryOut(
  config: ConfigObject,
  changes: Proposal['changes'],
  { resolver, python, goal }: Context,
): Proposal | null {
  const { selected, count } = resolver.select(config, python);
  const extra: number[] = [];
  for (let module = 0; module < selected.length; module++) {
    if (selected[module] === goal[module]) continue;
    if (selected[module] === 0) return null;
    extra.push(module);
  }
  return { fit: extra.length === 0 ? 'exact' : 'broader', config, changes, count, extra: sampleOf(extra) };
}

function maskOf(size: number, modules: readonly number[]): Uint8Array {
  const mask = new Uint8Array(size);
  for (const module of modules) if (module >= 0 && module < size) mask[module] = 1;
  return mask;
}
