import type { Finding, Fix } from './finding.ts';

export interface WordedFinding {
  readonly title: string;
  readonly why: string;
  readonly rule: string;
}

export function wordFinding(finding: Finding): WordedFinding {
  return { title: `${finding.code}: ${finding.error?.type ?? ''} ${finding.error?.message ?? ''}`, why: '', rule: '' };
}

export function wordFix(fix: Fix): string {
  return fix.code;
}
