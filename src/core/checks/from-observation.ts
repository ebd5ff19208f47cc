import type { KeyPath } from '../config/value.ts';
import type { FindingOf } from '../diagnostics/finding.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Observation } from '../resolve/resolution.ts';
import type { FindingInput } from './finding-context.ts';

export type ObservationType = Observation['type'];

/** An observation of one type. */
export type ObservationOf<Type extends ObservationType> = Extract<Observation, { readonly type: Type }>;

/** Makes the finding of an observation; its code is the type. */
export type FromObservation<Type extends ObservationType, Values> = (
  observation: ObservationOf<Type>,
  input: FindingInput,
) => FindingOf<Type, Values>;

/** Every payload of an observation has the number of its sub-config, from 1. */
export interface OfSubConfig {
  readonly subConfig: number;
}

/** A finding about something that NNI does without an error. */
export function silentFinding<Type extends ObservationType, Values>(
  observation: Observation & { readonly type: Type },
  rule: string,
  path: KeyPath,
  values: Values,
  fixes: readonly Fix[] = [],
): FindingOf<Type, OfSubConfig & Values> {
  const { type, subConfig } = observation;
  const modules = 'modules' in observation ? observation.modules : [];
  return { code: type, severity: 'silent', rule, where: { subConfig, path, modules }, values: { subConfig: subConfig + 1, ...values }, fixes };
}
