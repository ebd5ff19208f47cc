import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface NotCheckedValues extends OfSubConfig {
  readonly lack: 'types' | 'parameters';
  readonly rule: string;
  readonly count: number;
}

/** The source of the tree lacks a fact that a rule needs (rules M3, R2). */
export const notChecked: FindingKind<NotCheckedValues> = {
  words: ({ count, lack }) => ({
    title: `Not checked for ${formatQuantity(count, 'module')}: this file does not contain ${lack}.`,
    why: 'Open a richer file of the model to have it checked.',
  }),
  concerns: ({ values, where }, { targets, moduleType }) =>
    values.lack === 'types'
      ? moduleType === null
      : targets.some(({ subConfig, attribute }) => subConfig === where.subConfig && attribute === 'unknown'),
};

export const findNotChecked: FromObservation<'not-checked', NotCheckedValues> = (observation) => {
  const { lack, rule, path, count } = observation;
  return { ...silentFinding(observation, rule, path, { lack, rule, count }), severity: 'not-checked' };
};
