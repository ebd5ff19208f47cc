import type { Mode } from '../config/mode.ts';
import { checkDemand, type AssertionOutcome } from '../plan/assertions.ts';
import type { Assertion, Demand, Plan } from '../plan/plan.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';

/** An assertion about the list that NNI gets. */
export interface ListAssertion {
  readonly id: string;
  readonly label: string;
  /** Index of the sub-config that it is about; `null` means all that the list selects. */
  readonly subConfig: number | null;
  readonly demand: Demand;
}

/** The result of an assertion (rule F8). */
export interface AssertionResult {
  readonly assertion: ListAssertion;
  readonly outcome: AssertionOutcome;
}

/** The assertions of a mode's list, without assertions about a sub-config that is off. */
export function assertionsOfList(plan: Plan, mode: Mode): readonly ListAssertion[] {
  const enabled = plan.lists[mode].filter((subConfig) => subConfig.enabled);
  return plan.assertions.flatMap(({ id, mode: ofMode, subConfig, label, demand }: Assertion) => {
    const index = subConfig === null ? null : enabled.findIndex((candidate) => candidate.id === subConfig);
    return ofMode !== mode || index === -1 ? [] : [{ id, label, subConfig: index, demand }];
  });
}

/** Checks the assertions against the modules that a list selects. */
export function checkAssertions(
  assertions: readonly ListAssertion[],
  resolution: Resolution,
  resolver: Resolver,
  python: PythonVersion,
): readonly AssertionResult[] {
  const matchesOf = (pattern: string): Iterable<number> | null => {
    const swept = resolver.sweep(pattern, python);
    return swept.type === 'invalid' || swept.slowSeconds !== null ? null : ones(swept.mask);
  };
  return assertions.map((assertion): AssertionResult => {
    const selected = selectedBy(resolution, assertion.subConfig);
    const outcome: AssertionOutcome = selected
      ? checkDemand(assertion.demand, selected, matchesOf)
      : { type: 'not-decided' };
    return { assertion, outcome };
  });
}

/** Modules that a sub-config, or any of the list, selects; `null` where the list has no such sub-config. */
function selectedBy({ subConfigs }: Resolution, index: number | null): ReadonlySet<number> | null {
  const chosen = index === null ? subConfigs : subConfigs.slice(index, index + 1);
  if (index !== null && chosen.length === 0) return null;
  const selected = new Set<number>();
  for (const { selected: mask } of chosen) for (const module of ones(mask)) selected.add(module);
  return selected;
}

function* ones(mask: Uint8Array): Generator<number> {
  for (let module = 0; module < mask.length; module++) if (mask[module] === 1) yield module;
}

/** The patterns of assertions. */
export function patternsOf(assertions: readonly ListAssertion[]): readonly string[] {
  return assertions.flatMap(({ demand }) => ('pattern' in demand ? [demand.pattern] : []));
}
