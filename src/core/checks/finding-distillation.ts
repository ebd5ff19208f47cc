import { linksOf } from '../algorithms/links.ts';
import { floatOf, getKey, isConfigList, isConfigNumber, numberOf, type ConfigValue } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { pathOfKey } from '../resolve/register-module.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { findLinkFailures } from './finding-links.ts';
import { groupTargets, placed, type TargetGroup } from './alike-targets.ts';

/** What a distiller raises when it is made with its teacher, on a list that NNI accepts (rule X6). */
export function findDistillationFailures(
  resolution: Resolution,
  tree: ModuleTree,
  teacher: ModuleTree,
  list: ConfigValue,
): readonly Finding[] {
  return [...intLambdas(resolution), ...distilledInputs(resolution), ...findLinkFailures(resolution, tree, teacher, list)];
}

/** The distiller writes every `lambda` back, and takes nothing but a float. */
function intLambdas(resolution: Resolution): readonly Finding[] {
  const groups = groupTargets(resolution, ({ setting }) => {
    const value = getKey(setting, 'lambda');
    return isConfigNumber(value) && value.type === 'int' ? { value: value.text } : null;
  });
  return groups.map((group): Finding => {
    const path = lambdaPath(group, resolution);
    const value = floatOf(numberOf({ type: 'int', text: String(group.values['value']) }));
    return {
      code: 'lambda-int',
      severity: 'later',
      ...placed(group, resolution, path),
      error: { type: 'AssertionError', message: '' },
      fixes: path.length === 0 ? [] : [
        {
          code: 'write-float',
          values: { value: value.text },
          action: { type: 'edit-list', edits: [{ type: 'set', path: [group.subConfig, ...path], value }] },
        },
      ],
    };
  });
}

/** Empty where the value comes from a template. */
function lambdaPath({ subConfig, target, outcomes }: TargetGroup, resolution: Resolution): Finding['where']['path'] {
  for (const id of outcomes) {
    const found = resolution.outcomes[id]!.targets.find((one) => one.target === target && one.subConfig === subConfig);
    if (found) return pathOfKey(found.provenance, 'lambda') ?? [];
  }
  return [];
}

/** In the teacher, the linked modules get the template alone, which knows of no input; an empty list links none. */
function distilledInputs(resolution: Resolution): readonly Finding[] {
  const groups = groupTargets(resolution, ({ kind, setting }) =>
    kind === 'input' && linksOf(getKey(setting, 'link'), '').length > 0 ? {} : null,
  );
  return groups.map((group): Finding => ({
    code: 'distilled-input',
    severity: 'later',
    ...placed(group, resolution, []),
    error: { type: 'KeyError', message: "'_input_'" },
    fixes: outputsOnly(group, resolution),
  }));
}

function outputsOnly({ subConfig, target }: TargetGroup, { effective }: Resolution): readonly Fix[] {
  const names = getKey(effective[subConfig]!, 'target_names');
  const given = isConfigList(names) && names.length > 0 ? names : ['_output_'];
  const value = given.filter((name) => typeof name !== 'string' || !name.startsWith('_input_'));
  if (value.length === 0) return [];
  const path = [subConfig, 'target_names'];
  return [
    { code: 'leave-out-target', values: { target }, action: { type: 'edit-list', edits: [{ type: 'set', path, value }] } },
  ];
}
