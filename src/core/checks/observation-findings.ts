import type { Observation } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';
import type { FindingInput } from './finding-context.ts';
import { withoutExcluding } from './excluding-sub-configs.ts';
import { findDroppedTargetSetting } from './findings/dropped-target-setting.ts';
import { findEmptyParameter, isEmptyParameterShown } from './findings/empty-parameter.ts';
import { findEntryWithoutEffect } from './findings/entry-without-effect.ts';
import { findEntryWithoutHit } from './findings/entry-without-hit.ts';
import { findLostTargets } from './findings/lost-targets.ts';
import { findNotChecked } from './findings/not-checked.ts';
import { findSelectsNothing } from './findings/selects-nothing.ts';
import { findShorthandUnused } from './findings/shorthand-unused.ts';
import { findSlowPattern } from './findings/slow-pattern.ts';
import { findTiedParameter } from './findings/tied-parameter.ts';
import { findWinsNothing } from './findings/wins-nothing.ts';

/** Findings about effects of NNI without an error, each with the edit that would change it. */
export function observationFindings(input: FindingInput): readonly Finding[] {
  const { resolution } = input;
  const refused = new Set(resolution.problems.map(({ code, where }) => `${code} ${where.subConfig} ${where.path[0]}`));
  return withoutExcluding(resolution.observations, resolution)
    .filter((observation) => observation.type !== 'empty-parameter' || isEmptyParameterShown(observation, resolution))
    .filter((observation) => !isRefused(observation, refused))
    .map((observation) => findingOf(observation, input));
}

/** Whether NNI stops at the observed fact, a name that the model lacks (S5) or a key (V2): a refusal is no silent finding too. */
function isRefused(observation: Observation, refused: ReadonlySet<string>): boolean {
  if (observation.type !== 'entry-without-hit' && observation.type !== 'shorthand-unused') return false;
  const code = observation.type === 'entry-without-hit' ? 'unknown-module' : 'unknown-key';
  return refused.has(`${code} ${observation.subConfig} ${observation.key}`);
}

function findingOf(observation: Observation, input: FindingInput): Finding {
  switch (observation.type) {
    case 'lost-targets':
      return findLostTargets(observation, input);
    case 'dropped-target-setting':
      return findDroppedTargetSetting(observation, input);
    case 'shorthand-unused':
      return findShorthandUnused(observation, input);
    case 'entry-without-hit':
      return findEntryWithoutHit(observation, input);
    case 'entry-without-effect':
      return findEntryWithoutEffect(observation, input);
    case 'slow-pattern':
      return findSlowPattern(observation, input);
    case 'selects-nothing':
      return findSelectsNothing(observation, input);
    case 'wins-nothing':
      return findWinsNothing(observation, input);
    case 'empty-parameter':
      return findEmptyParameter(observation, input);
    case 'tied-parameter':
      return findTiedParameter(observation, input);
    case 'not-checked':
      return findNotChecked(observation, input);
  }
}
