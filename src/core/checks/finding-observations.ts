import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ListEdit } from '../config/list-edits.ts';
import { fix } from '../diagnostics/fix.ts';
import { getKey, isConfigList, isConfigObject, type KeyPath } from '../config/value.ts';
import type { Observation, Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './finding-context.ts';
import { respellEntry } from './spelling-fixes.ts';
import { addTypes } from './type-fixes.ts';

/** What NNI does without a word, each with the edit that would change it. */
export function observationFindings(resolution: Resolution, context: FindingContext): readonly Finding[] {
  const refused = refusedKeys(resolution);
  return resolution.observations
    .filter((observation) => observation.type !== 'empty-parameter' || isTold(observation, resolution))
    .filter((observation) => !isRefused(observation, refused))
    .map((observation) => findingOf(observation, resolution, context));
}

/**
 * Whether the sub-config asks for the target by name: that a layer has no bias surprises nobody who did not. In a
 * quantization it is a failure, told as such (rule X8).
 */
function isTold(
  { subConfig, target }: { subConfig: number; target: string },
  { effective, mode, verdict }: Resolution,
): boolean {
  if (mode === 'quantization' && verdict.accepted) return false;
  const config = effective[subConfig]!;
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  return (
    (isConfigList(names) && names.includes(target)) ||
    (isConfigObject(settings) && getKey(settings, target) !== undefined)
  );
}

/** Refused names and keys, each as `code sub-config key`: looked up once for each of thousands of sub-configs. */
function refusedKeys({ problems }: Resolution): ReadonlySet<string> {
  return new Set(problems.map(({ code, where }) => `${code} ${where.subConfig} ${where.path[0]}`));
}

/** Whether NNI stops at what is observed, a name that the model lacks (S5) or a key (V2): what is refused is not silent. */
function isRefused(observation: Observation, refused: ReadonlySet<string>): boolean {
  if (observation.type !== 'entry-without-hit' && observation.type !== 'shorthand-unused') return false;
  const code = observation.type === 'entry-without-hit' ? 'unknown-module' : 'unknown-key';
  return refused.has(`${code} ${observation.subConfig} ${observation.key}`);
}

function silent(
  observation: Observation,
  path: KeyPath,
  values: Finding['values'],
  fixes: readonly Fix[] = [],
): Finding {
  const modules = 'modules' in observation ? observation.modules : [];
  return {
    code: observation.type,
    severity: 'silent',
    where: { subConfig: observation.subConfig, path, modules },
    values: { subConfig: observation.subConfig + 1, ...values },
    fixes,
  };
}

function findingOf(observation: Observation, resolution: Resolution, context: FindingContext): Finding {
  const { subConfig } = observation;
  switch (observation.type) {
    case 'lost-targets': {
      const { winner, target, count } = observation;
      const move: ListEdit = { type: 'move', from: subConfig, to: winner };
      const fixes = [fix('move-up', { subConfig: subConfig + 1, winner: winner + 1 }, move)];
      return silent(observation, [], { winner: winner + 1, target, count }, fixes);
    }
    case 'dropped-target-setting': {
      const { target, count } = observation;
      const names = getKey(resolution.effective[subConfig]!, 'target_names');
      const list = isConfigList(names) ? names : [];
      const add: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value: [...list, target] };
      return silent(observation, ['target_settings', target], { target, count }, [fix('add-target-name', { target }, add)]);
    }
    case 'shorthand-unused': {
      const { key, moduleTypes } = observation;
      const remove: ListEdit = { type: 'remove', path: [subConfig, key] };
      return silent(observation, [key], { key, types: moduleTypes.join(', ') }, [fix('remove-key', { key }, remove)]);
    }
    case 'entry-without-hit':
    case 'entry-without-effect': {
      const { key, index, value } = observation;
      const remove: ListEdit = { type: 'remove', path: [subConfig, key, index] };
      const count = observation.type === 'entry-without-hit' ? 0 : observation.count;
      const likelier =
        count === 0
          ? respellEntry([key, index], value, subConfig, resolution, context.resolver)
          : addTypes(resolution, observation, subConfig, context);
      return silent(observation, [key, index], { key, value, count }, [...likelier, fix('remove-entry', {}, remove)]);
    }
    case 'slow-pattern': {
      const { key, index, value, seconds } = observation;
      const finding = silent(observation, [key, index], { value, seconds });
      return { ...finding, where: { ...finding.where, range: [0, value.length] } };
    }
    case 'selects-nothing':
      return silent(observation, [], {});
    case 'wins-nothing':
      return silent(observation, [], { lost: observation.lost });
    case 'empty-parameter':
      return silent(observation, [], { target: observation.target, count: observation.count });
    case 'tied-parameter':
      return silent(observation, [], { parameter: observation.parameter, tiedTo: observation.tiedTo });
    case 'not-checked': {
      const { lack, rule, path, count } = observation;
      return { ...silent(observation, path, { lack, rule, count }), severity: 'not-checked' };
    }
  }
}
