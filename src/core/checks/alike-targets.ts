import type { Place } from '../diagnostics/finding.ts';
import type { Outcome, Resolution, TargetOutcome } from '../resolve/resolution.ts';

const shownModules = 16;

/** Targets of outcomes that meet the same end, with the outcomes. */
export interface TargetGroup<Values> {
  readonly subConfig: number;
  readonly target: string;
  readonly values: Values;
  readonly outcomes: Set<number>;
}

/** The values of every finding about a group of targets. The sub-config is numbered from 1. */
export interface OfTargets {
  readonly subConfig: number;
  readonly target: string;
  readonly count: number;
}

/** Groups the targets for which `judge` reports a result, by sub-config, target and result. */
export function groupTargets<Values>(
  { outcomes }: Resolution,
  judge: (target: TargetOutcome, outcome: Outcome) => Values | null,
): readonly TargetGroup<Values>[] {
  const groups = new Map<string, TargetGroup<Values>>();
  outcomes.forEach((outcome, id) => {
    for (const target of outcome.targets) {
      const values = judge(target, outcome);
      if (values === null) continue;
      const key = JSON.stringify([target.subConfig, target.target, values]);
      const group = groups.get(key) ?? { subConfig: target.subConfig, target: target.target, values, outcomes: new Set<number>() };
      groups.set(key, group);
      group.outcomes.add(id);
    }
  });
  return [...groups.values()];
}

/** The place of a group, its first few modules, and its payload with their number. */
export function placed<Values>(
  { subConfig, target, values, outcomes }: TargetGroup<Values>,
  { outcomeId }: Resolution,
  path: Place['path'],
): { readonly where: Place; readonly values: OfTargets & Values } {
  const modules: number[] = [];
  let count = 0;
  outcomeId.forEach((id, module) => {
    if (!outcomes.has(id)) return;
    count++;
    if (modules.length < shownModules) modules.push(module);
  });
  return { where: { subConfig, path, modules }, values: { subConfig: subConfig + 1, target, count, ...values } };
}
