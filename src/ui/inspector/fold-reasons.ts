import type { SelectionReason, SubConfigExplanation } from '../../core/resolve/explain.ts';

/** So many sub-configs that pass a module by are one line. */
const foldedFrom = 3;

/** Whether a sub-config has nothing to do with a module: it does not name it. */
export function isPassing(reason: SelectionReason): boolean {
  return reason.type === 'not-named' || reason.type === 'no-selector';
}

/** Reasons that are told one by one, and the number of others that pass the module by. */
export function foldReasons(reasons: readonly SubConfigExplanation[]): { readonly told: readonly SubConfigExplanation[]; readonly passing: number } {
  const told = reasons.filter(({ reason }) => !isPassing(reason));
  const passing = reasons.length - told.length;
  return passing < foldedFrom ? { told: reasons, passing: 0 } : { told, passing };
}
