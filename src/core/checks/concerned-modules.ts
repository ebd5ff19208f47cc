import { getKey, isConfigNumber } from '../config/value.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { ModuleExplanation } from '../resolve/explain.ts';
import type { Outcome } from '../resolve/resolution.ts';

/** What happens to a module, as far as findings are about it: an outcome, or the explanation of one module. */
export interface ConcernedOutcome extends Pick<Outcome, 'targets' | 'failures' | 'dropped'> {
  readonly moduleType: string | null;
  /** Indices of the sub-configs that select it. */
  readonly selectedBy: readonly number[];
}

/**
 * Whether a finding is about all modules of an outcome. Findings name the first few modules in their places; this
 * tells the others. Those that depend on more than the outcome (`where.modules` has all of them) are `false` here.
 */
export function concernsOutcome({ code, where, values }: Finding, outcome: ConcernedOutcome): boolean {
  const { targets, failures, dropped, moduleType, selectedBy } = outcome;
  const { subConfig, path } = where;
  if (subConfig === null || !selectedBy.includes(subConfig)) return false;
  const target = values['target'];
  const own = targets.filter((candidate) => candidate.subConfig === subConfig);
  switch (code) {
    case 'lost-targets':
      return targets.some(
        ({ target: name, losers }) => name === target && losers.some((loser) => loser.subConfig === subConfig),
      );
    case 'dropped-target-setting':
      return dropped.some((setting) => setting.subConfig === subConfig && setting.target === target);
    case 'empty-parameter':
    case 'empty-quantized':
      return own.some(({ target: name, attribute }) => name === target && attribute === 'empty');
    case 'not-checked':
      if (values['lack'] === 'parameters') return own.some(({ attribute }) => attribute === 'unknown');
      return values['lack'] === 'types' && moduleType === null;
    case 'ratio-above-1':
    case 'ratio-below-0':
      return own.some(({ target: name, setting }) => {
        const ratio = getKey(setting, 'sparse_ratio');
        const isPlace = path[0] !== 'target_settings' || path[1] === name;
        return isPlace && isConfigNumber(ratio) && ratio.text === values['value'];
      });
    case 'shorthand-unused':
      return true;
    default:
      return failures.some(
        (failure) =>
          failure.code === code &&
          failure.subConfig === subConfig &&
          (values['target'] === undefined || failure.target === null || failure.target === target) &&
          (values['type'] === undefined || values['type'] === '' || values['type'] === moduleType),
      );
  }
}

/** The findings about one explained module, in their order. */
export function findingsOfModule(findings: readonly Finding[], explanation: ModuleExplanation): readonly Finding[] {
  const { module, moduleType, subConfigs, targets, failures, dropped } = explanation;
  const selectedBy = subConfigs.flatMap(({ subConfig, reason }) => (reason.type === 'selected' ? [subConfig] : []));
  const outcome = { moduleType, selectedBy, targets, failures, dropped };
  return findings.filter(
    (finding) => finding.where.modules?.includes(module) === true || concernsOutcome(finding, outcome),
  );
}
