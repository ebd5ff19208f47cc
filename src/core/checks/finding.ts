import type { FindingOf } from '../diagnostics/finding.ts';
import type { FindingKind } from './finding-kind.ts';
import { algorithmFails } from './findings/algorithm-fails.ts';
import { alignUnused } from './findings/align-unused.ts';
import { alreadyWrapped } from './findings/already-wrapped.ts';
import { assertionCount, assertionModules, assertionNotDecided } from './findings/assertion-fails.ts';
import { badPattern } from './findings/bad-pattern.ts';
import { badQuantDtype } from './findings/bad-quant-dtype.ts';
import { cutNumber } from './findings/cut-number.ts';
import { distilledInput } from './findings/distilled-input.ts';
import { droppedTargetSetting } from './findings/dropped-target-setting.ts';
import { emptyDict } from './findings/empty-dict.ts';
import { emptyParameter } from './findings/empty-parameter.ts';
import { emptyQuantized } from './findings/empty-quantized.ts';
import { entryWithoutEffect } from './findings/entry-without-effect.ts';
import { entryWithoutHit } from './findings/entry-without-hit.ts';
import { exclusiveKeys } from './findings/exclusive-keys.ts';
import { fuseProblems } from './findings/fuse-names.ts';
import { fusionFailures } from './findings/fusion-failures.ts';
import { granularityKind } from './findings/granularity-kind.ts';
import { granularityMalformed } from './findings/granularity-malformed.ts';
import { inputNotMet } from './findings/input-not-met.ts';
import { lambdaInt } from './findings/lambda-int.ts';
import { legacyFailed } from './findings/legacy-failed.ts';
import { linkMissing } from './findings/link-missing.ts';
import { linkShared } from './findings/link-shared.ts';
import { lostTargets } from './findings/lost-targets.ts';
import { maskFailure } from './findings/mask-failure.ts';
import { masksNothing } from './findings/masks-nothing.ts';
import { missingKey } from './findings/missing-key.ts';
import { missingParameter } from './findings/missing-parameter.ts';
import { missingSelector } from './findings/missing-selector.ts';
import { notADict } from './findings/not-a-dict.ts';
import { notAList } from './findings/not-a-list.ts';
import { notChecked } from './findings/not-checked.ts';
import { parameterNotDistillable } from './findings/parameter-not-distillable.ts';
import { ratioAbove1, ratioBelow0 } from './findings/ratio-out-of-range.ts';
import { registrationFailed } from './findings/registration-failed.ts';
import { scriptedModule } from './findings/scripted-module.ts';
import { selectsNothing } from './findings/selects-nothing.ts';
import { fusedElsewhere } from './findings/fused-elsewhere.ts';
import { groupMembers } from './findings/group-members.ts';
import { neverRuns } from './findings/never-runs.ts';
import { speedupFails } from './findings/speedup-fails.ts';
import { untiedLayers } from './findings/untied-layers.ts';
import { shorthandUnused } from './findings/shorthand-unused.ts';
import { slowPattern } from './findings/slow-pattern.ts';
import { takesContainers } from './findings/takes-containers.ts';
import { tiedParameter } from './findings/tied-parameter.ts';
import { unknownKey } from './findings/unknown-key.ts';
import { unknownModule } from './findings/unknown-module.ts';
import { unknownTarget } from './findings/unknown-target.ts';
import { unregisteredType } from './findings/unregistered-type.ts';
import { winsNothing } from './findings/wins-nothing.ts';
import { wrappedTwice } from './findings/wrapped-twice.ts';
import { wrappedSequential } from './findings/wrapped-sequential.ts';
import { wrongValue } from './findings/wrong-value.ts';

/** Every finding, by the rules of SPEC.md: refused, fails when it runs, silent or not checked. */
const kinds = {
  // Refused. L, V
  'legacy-failed': legacyFailed,
  'not-a-list': notAList,
  'not-a-dict': notADict,
  'missing-selector': missingSelector,
  'missing-key': missingKey,
  'empty-dict': emptyDict,
  'unknown-key': unknownKey,
  'wrong-value': wrongValue,
  'exclusive-keys': exclusiveKeys,
  // S, C
  'bad-pattern': badPattern,
  'unknown-module': unknownModule,
  'unregistered-type': unregisteredType,
  'unknown-target': unknownTarget,
  // R
  'scripted-module': scriptedModule,
  'missing-parameter': missingParameter,
  'parameter-not-distillable': parameterNotDistillable,
  'registration-failed': registrationFailed,
  'bad-quant-dtype': badQuantDtype,
  ...fuseProblems,
  'wrapped-twice': wrappedTwice,
  'already-wrapped': alreadyWrapped,
  'granularity-kind': granularityKind,
  'granularity-malformed': granularityMalformed,
  // Fails when it runs. X
  'mask-failure': maskFailure,
  // A
  'algorithm-fails': algorithmFails,
  'lambda-int': lambdaInt,
  'distilled-input': distilledInput,
  'link-missing': linkMissing,
  'link-shared': linkShared,
  'wrapped-sequential': wrappedSequential,
  ...fusionFailures,
  'empty-quantized': emptyQuantized,
  // Silent, or not checked. S
  'entry-without-hit': entryWithoutHit,
  'entry-without-effect': entryWithoutEffect,
  'selects-nothing': selectsNothing,
  'slow-pattern': slowPattern,
  'cut-number': cutNumber,
  'takes-containers': takesContainers,
  // C, R, M, X
  'shorthand-unused': shorthandUnused,
  'dropped-target-setting': droppedTargetSetting,
  'lost-targets': lostTargets,
  'wins-nothing': winsNothing,
  'empty-parameter': emptyParameter,
  'tied-parameter': tiedParameter,
  'input-not-met': inputNotMet,
  // G
  'never-runs': neverRuns,
  ...groupMembers,
  ...untiedLayers,
  'speedup-fails': speedupFails,
  'fused-elsewhere': fusedElsewhere,
  'align-unused': alignUnused,
  'masks-nothing': masksNothing,
  'ratio-above-1': ratioAbove1,
  'ratio-below-0': ratioBelow0,
  // F8, M3
  'assertion-count': assertionCount,
  'assertion-modules': assertionModules,
  'assertion-not-decided': assertionNotDecided,
  'not-checked': notChecked,
};

export type FindingCode = keyof typeof kinds;

/** Payloads by code, as the file of each finding declares them. */
export type FindingValues = {
  readonly [Code in FindingCode]: (typeof kinds)[Code] extends FindingKind<infer Values> ? Values : never;
};

/** Everything that is reported about a list, as data. */
export type Finding<Code extends FindingCode = FindingCode> = {
  readonly [Each in Code]: FindingOf<Each, FindingValues[Each]> & Merged;
}[Code];

interface Merged {
  /** The other findings that the same fix settles, each with its own place in `where.also` (rule F12). */
  readonly merged?: readonly Finding[];
}

/** Words, and modules concerned, by code. */
export const findingKinds: { readonly [Code in FindingCode]: FindingKind<FindingValues[Code]> } = kinds;
