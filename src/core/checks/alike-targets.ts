import type { Finding } from '../diagnostics/finding.ts';
import type { Outcome, Resolution, TargetOutcome } from '../resolve/resolution.ts';

const shownModules = 16;

/** Targets of outcomes that meet the same end, with the outcomes. */
export interface TargetGroup {
  readonly subConfig: number;
  readonly target: string;
  readonly values: Finding['values'];
  readonly outcomes: Set<number>;
}

/** Groups the targets of which `judge` tells something, by sub-config, target and what it tells. */
export function groupTargets(
  { outcomes }: Resolution,
  judge: (target: TargetOutcome, outcome: Outcome) => Finding['values'] | null,
): readonly TargetGroup[] {
  const groups = new Map<string, TargetGroup>();
  outcomes.forEach((outcome, id) => {
    for (const target of outcome.targets) {
      const values = judge(target, outcome);
      if (values === null) continue;
      const key = JSON.stringify([target.subConfig, target.target, values]);
      const group = groups.get(key) ?? {
        subConfig: target.subConfig,
        target: target.target,
        values,
        outcomes: new Set<number>(),
      };
      groups.set(key, group);
      group.outcomes.add(id);
    }
  });
  return [...groups.values()];
}

/** Where a group stands, its first few modules, and what is told of it, their number included. */
export function placed(
  { subConfig, target, values, outcomes }: TargetGroup,
  { outcomeId }: Resolution,
  path: Finding['where']['path'],
): Pick<Finding, 'where' | 'values'> {
  const modules: number[] = [];
  let count = 0;
  outcomeId.forEach((id, module) => {
    if (!outcomes.has(id)) return;
    count++;
    if (modules.length < shownModules) modules.push(module);
  });
  return {
    where: { subConfig, path, modules },
    values: { subConfig: subConfig + 1, target, count, ...values },
  };
}
