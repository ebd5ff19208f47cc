import { getAt } from '../config/list-edits.ts';
import { objectOf } from '../config/value.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { ProblemCode } from '../diagnostics/problem-values.ts';
import type { Problem, Resolution } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';
import type { FindingInput, FixProblem } from './finding-context.ts';
import { mergeProblems } from './merge-causes.ts';
import { modeMeant, moveToMode } from './fixes/mode-fixes.ts';
import { fixBadPattern } from './findings/bad-pattern.ts';
import { fixBadQuantDtype } from './findings/bad-quant-dtype.ts';
import { fixEmptyDict } from './findings/empty-dict.ts';
import { fixExclusiveKeys } from './findings/exclusive-keys.ts';
import { fuseProblemFixes } from './findings/fuse-names.ts';
import { fixGranularityKind } from './findings/granularity-kind.ts';
import { fixGranularityMalformed } from './findings/granularity-malformed.ts';
import { fixLegacyFailed } from './findings/legacy-failed.ts';
import { fixMissingKey } from './findings/missing-key.ts';
import { fixMissingSelector } from './findings/missing-selector.ts';
import { fixNotADict } from './findings/not-a-dict.ts';
import { fixMissingParameter } from './findings/missing-parameter.ts';
import { fixParameterNotDistillable } from './findings/parameter-not-distillable.ts';
import { fixRegistrationFailed } from './findings/registration-failed.ts';
import { fixScriptedModule } from './findings/scripted-module.ts';
import { fixUnknownKey } from './findings/unknown-key.ts';
import { fixUnknownModule } from './findings/unknown-module.ts';
import { fixUnknownTarget } from './findings/unknown-target.ts';
import { fixUnregisteredType } from './findings/unregistered-type.ts';
import { fixWrappedTwice } from './findings/wrapped-twice.ts';
import { fixWrongValue } from './findings/wrong-value.ts';

/** The fixes of each problem; `null` where no edit of the list settles it. */
const fixProblem: { readonly [Code in ProblemCode]: FixProblem<Code> | null } = {
  'legacy-failed': fixLegacyFailed,
  'not-a-list': null,
  'not-a-dict': fixNotADict,
  'missing-selector': fixMissingSelector,
  'missing-key': fixMissingKey,
  'empty-dict': fixEmptyDict,
  'unknown-key': fixUnknownKey,
  'wrong-value': fixWrongValue,
  'exclusive-keys': fixExclusiveKeys,
  'bad-pattern': fixBadPattern,
  'unknown-module': fixUnknownModule,
  'unregistered-type': fixUnregisteredType,
  'scripted-module': fixScriptedModule,
  'unknown-target': fixUnknownTarget,
  'missing-parameter': fixMissingParameter,
  'parameter-not-distillable': fixParameterNotDistillable,
  'registration-failed': fixRegistrationFailed,
  'bad-quant-dtype': fixBadQuantDtype,
  'granularity-kind': fixGranularityKind,
  'granularity-malformed': fixGranularityMalformed,
  'wrapped-twice': fixWrappedTwice,
  'already-wrapped': null,
  ...fuseProblemFixes,
};

/** Findings about errors of NNI, each with the edits that settle it. */
export function problemFindings(input: FindingInput): readonly Finding[] {
  return mergeProblems(input.resolution.problems).map((problem) => {
    const { stage: _, ...fact } = problem;
    return { ...fact, severity: 'refused', where: placeOf(problem, input.resolution), fixes: fixesOf(problem, input) };
  });
}

function fixesOf<Code extends ProblemCode>(problem: Problem<Code>, input: FindingInput): readonly Fix[] {
  const { where, values, code } = problem;
  const { subConfig } = where;
  const config = subConfig === null ? undefined : input.resolution.effective[subConfig];
  const fixes: FixProblem<Code> | null = fixProblem[code];
  if (subConfig === null || !config) return [];
  const meant = isOfOtherMode.has(code) ? modeMeant(config, input.resolution.mode) : null;
  // What else is wrong there is judged in the list of that mode.
  if (meant !== null) return [moveToMode(subConfig, meant)];
  if (fixes === null) return [];
  return fixes({
    values,
    where,
    subConfig,
    config,
    path: [subConfig, ...where.path],
    value: getAt(config, where.path),
    key: where.path.findLast((step) => typeof step === 'string') ?? '',
    input,
  });
}

/** Problems that a sub-config of another mode has for this reason alone. */
const isOfOtherMode: ReadonlySet<ProblemCode> = new Set([
  'unknown-key', 'missing-key', 'wrong-value', 'exclusive-keys', 'unknown-target', 'unregistered-type', 'missing-parameter', 'parameter-not-distillable', 'granularity-kind',
]);

function placeOf({ code, where }: Problem, { effective }: Resolution): Finding['where'] {
  if (code !== 'bad-pattern' || where.range || where.subConfig === null) return where;
  const pattern = getAt(effective[where.subConfig] ?? objectOf([]), where.path);
  return typeof pattern === 'string' ? { ...where, range: [0, pattern.length] } : where;
}
