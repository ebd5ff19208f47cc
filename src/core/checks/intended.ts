import type { Mode } from '../config/mode.ts';
import type { Intended, Plan } from '../plan/plan.ts';
import type { Finding } from './finding.ts';

/** A finding of a list that its author means to have. */
export interface ListIntended {
  readonly code: string;
  /** Index of the sub-config; `null` means the list as a whole. */
  readonly subConfig: number | null;
  readonly path: string;
}

/** The findings that a plan marks as intended, for the list that NNI gets. Marks on a sub-config that is off are left out. */
export function intendedOfList(plan: Plan, mode: Mode): readonly ListIntended[] {
  const enabled = plan.lists[mode].filter((subConfig) => subConfig.enabled);
  return (plan.intended ?? []).flatMap(({ mode: ofMode, code, subConfig, path }) => {
    const index = subConfig === null ? null : enabled.findIndex(({ id }) => id === subConfig);
    return ofMode !== mode || index === -1 ? [] : [{ code, subConfig: index, path }];
  });
}

/** Whether a person may say of a finding that it is intended: refusals and failures of NNI are not (rule F14). */
export function canBeIntended({ severity }: Finding): boolean {
  return severity === 'silent' || severity === 'not-checked';
}

/** Marks the findings that are intended (rule F14). They stay in the list, and count for nothing. */
export function markIntended(findings: readonly Finding[], intended: readonly ListIntended[]): readonly Finding[] {
  if (intended.length === 0) return findings;
  const keys = new Set(intended.map(({ code, subConfig, path }) => JSON.stringify([code, subConfig, path])));
  return findings.map((finding) => {
    const { code, where } = finding;
    const key = JSON.stringify([code, where.subConfig, pathKey(where.path)]);
    return canBeIntended(finding) && keys.has(key) ? { ...finding, intended: true } : finding;
  });
}

/** The finding as a plan keeps it; `subConfig` is the id of the one that it is about. */
export function intendedFinding({ code, where }: Finding, mode: Mode, subConfig: string | null): Intended {
  return { mode, code, subConfig, path: pathKey(where.path) };
}

function pathKey(path: readonly (string | number)[]): string {
  return path.join('.');
}
