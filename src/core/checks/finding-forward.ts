import { inputPrefix } from '../config/setting-templates.ts';
import { getKey, isConfigList } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ListEdit } from '../config/list-edits.ts';
import type { ForwardSignature, ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { groupTargets, placed, type TargetGroup } from './alike-targets.ts';

/**
 * Quantized parameters that are `None`: every quantizer looks at their values in the first forward pass, which raises (rules X8, A-Q2); of a
 * module that is fused with a BatchNorm the fusion meets its bias first. Pruning skips them.
 */
export function findEmptyQuantized(resolution: Resolution): readonly Finding[] {
  const groups = groupTargets(resolution, ({ attribute }) => (attribute === 'empty' ? {} : null));
  const error = { type: 'AttributeError', message: "'NoneType' object has no attribute 'detach'" };
  return groups.map((group): Finding => ({
    code: 'empty-quantized',
    severity: 'later',
    ...placed(group, resolution, ['target_names']),
    error,
    fixes: leaveOut(group, resolution),
  }));
}

/**
 * Inputs that NNI never meets: what `forward` takes by position goes by its number, only keyword-only arguments go by
 * their names (rule X9).
 */
export function findInputsNotMet(resolution: Resolution, tree: ModuleTree): readonly Finding[] {
  const groups = groupTargets(resolution, ({ target, kind }, { specId }) => {
    const signature = tree.specs[specId]?.forward;
    if (kind !== 'input' || !signature) return null;
    const name = target.slice(inputPrefix.length);
    if (isMet(name, signature)) return null;
    const at = signature.args.indexOf(name);
    return { name, number: at < 0 ? '' : at, arguments: signature.args.join(', ') };
  });
  return groups.map((group): Finding => ({
    code: 'input-not-met',
    severity: 'silent',
    ...placed(group, resolution, pathOfTarget(group, resolution)),
    fixes: useNumber(group, resolution),
  }));
}

function isMet(name: string, { args, kwonly, varargs, varkw }: ForwardSignature): boolean {
  if (/^\d+$/.test(name)) return String(Number(name)) === name && (Number(name) < args.length || args.length === 0);
  return kwonly.includes(name) || name === varargs || name === varkw;
}

/** `target_names` without the parameter, where that leaves something. */
function leaveOut({ subConfig, target }: TargetGroup, { effective, outcomes }: Resolution): readonly Fix[] {
  const names = getKey(effective[subConfig]!, 'target_names');
  const given = isConfigList(names) && names.length > 0 ? names.filter((name) => typeof name === 'string') : null;
  const configured = outcomes
    .filter((outcome) => outcome.subConfigs.includes(subConfig))
    .flatMap((outcome) => outcome.targets)
    .map((outcome) => (outcome.kind === 'parameter' ? outcome.target : outcome.target.replace(/0$/, '')));
  const order = ['_input_', 'weight', 'bias', '_output_'];
  const all = given ?? [...new Set(configured)].toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  const left = all.filter((name) => name !== target);
  if (left.length === 0) return [];
  const edit: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value: left };
  return [{ code: 'leave-out-target', values: { target }, action: { type: 'edit-list', edits: [edit] } }];
}

function pathOfTarget({ subConfig, target }: TargetGroup, { effective }: Resolution): Finding['where']['path'] {
  const names = getKey(effective[subConfig]!, 'target_names');
  const at = isConfigList(names) ? names.indexOf(target) : -1;
  return at < 0 ? ['target_settings', target] : ['target_names', at];
}

/** The number in place of the name, where the name stands in `target_names` and nowhere else. */
function useNumber(group: TargetGroup, resolution: Resolution): readonly Fix[] {
  const { number } = group.values;
  const path = pathOfTarget(group, resolution);
  const config = resolution.effective[group.subConfig]!;
  const settings = getKey(config, 'target_settings');
  const hasOwn = settings !== undefined && JSON.stringify(settings).includes(JSON.stringify(group.target));
  if (number === '' || path[0] !== 'target_names' || hasOwn) return [];
  const value = `${inputPrefix}${String(number)}`;
  const edit: ListEdit = { type: 'set', path: [group.subConfig, ...path], value };
  return [{ code: 'write-name', values: { value }, action: { type: 'edit-list', edits: [edit] } }];
}
