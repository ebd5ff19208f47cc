import { addedWithTarget, emptyWrapperAttributes, wrapperAttributes } from './wrapper-attributes.ts';
import type { Mode } from '../config/mode.ts';
import { type FindTemplate, settingClassNames } from '../config/setting-templates.ts';
import { type ConfigObject, getKey, type KeyPath } from '../config/value.ts';
import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import { defaultGranularity, kernelOf } from './kernel.ts';
import { parseQuantDtype, quantDtypeText } from './quant-dtype.ts';
import type {
  DroppedSetting,
  Loser,
  OutcomeFailure,
  ProvenanceStep,
  SettingProvenance,
  TargetAttribute,
  TargetOutcome,
} from './resolution.ts';
import { type PlannedSettings, type PlannedTarget, planSettings } from './settings.ts';

/** Plans the settings of a list for each module type; each pair is computed once. */
export interface SettingsPlanner {
  /** `null` when the type has no template (rule C1). */
  readonly plan: (moduleType: string, subConfig: number) => PlannedSettings | null;
}

/** Creates a planner over the sub-configs of one list. */
export function createSettingsPlanner(list: readonly ConfigObject[], findTemplate: FindTemplate): SettingsPlanner {
  const plans = new Map<string, PlannedSettings | null>();
  return {
    plan(moduleType, subConfig) {
      const key = `${subConfig} ${moduleType}`;
      const known = plans.get(key);
      if (known !== undefined) return known;
      const template = findTemplate(moduleType);
      const plan = template === null ? null : planSettings(template, moduleType, list[subConfig]!, subConfig);
      plans.set(key, plan);
      return plan;
    },
  };
}

/** The result of registering one module spec. */
export interface Registration {
  readonly targets: readonly TargetOutcome[];
  readonly failures: readonly OutcomeFailure[];
  readonly dropped: readonly DroppedSetting[];
  /** Sub-configs whose template could not be looked up, the type being unknown. */
  readonly undecided: readonly number[];
}

interface OpenTarget extends Omit<TargetOutcome, 'losers'> {
  readonly losers: Loser[];
}

/**
 * Registers the sub-configs that select a module, in order (rules R1–R3, R6): the first one to configure a target
 * keeps it. Where NNI would raise, the target is left out and the failure noted, so that the rest can be shown.
 */
export function registerModule(
  spec: ModuleSpec,
  subConfigs: readonly number[],
  planner: SettingsPlanner,
  mode: Mode,
): Registration {
  const configured = new Map<string, OpenTarget>();
  const failures: OutcomeFailure[] = [];
  const dropped: DroppedSetting[] = [];
  const undecided: number[] = [];
  for (const subConfig of subConfigs) {
    if (isScripted(spec)) {
      failures.push(scriptedModule(spec, subConfig));
      continue;
    }
    // A distillation has a template for every type, so that the type need not be known.
    const moduleType = spec.type ?? (mode === 'distillation' ? '' : null);
    if (moduleType === null) {
      undecided.push(subConfig);
      continue;
    }
    const plan = planner.plan(moduleType, subConfig);
    if (plan === null) {
      failures.push(unregisteredType(moduleType, subConfig, mode));
      continue;
    }
    for (const failure of plan.failures) failures.push(failure);
    for (const target of plan.dropped) dropped.push({ subConfig, target });
    for (const planned of plan.targets) {
      const holder = configured.get(planned.target);
      if (holder !== undefined) {
        holder.losers.push({ subConfig, setting: planned.setting });
        continue;
      }
      const attribute = addedAttribute(configured, planned.target, mode) ?? attributeOf(spec, planned.target);
      const failure = targetFailure(spec, planned, subConfig, mode, attribute);
      if (failure !== null) {
        failures.push(failure);
        continue;
      }
      configured.set(planned.target, openTarget(spec, planned, subConfig, mode, failures, attribute));
    }
  }
  return { targets: [...configured.values()], failures, dropped, undecided };
}

const scriptTypes = new Set(['ScriptModule', 'RecursiveScriptModule', 'TracedModule', 'TopLevelTracedModule']);

/** TorchScript; of a module whose class path is not known the name decides. */
function isScripted({ type, className }: ModuleSpec): boolean {
  return className === null ? type !== null && scriptTypes.has(type) : className.startsWith('torch.jit.');
}

/** A wrapper asks for the arguments of `forward`, which TorchScript does not have, before it looks for a template (rule R7). */
function scriptedModule({ type }: ModuleSpec, subConfig: number): OutcomeFailure {
  const error = { type: 'TypeError', message: 'unsupported callable' };
  const values = { type: type ?? '' };
  return { subConfig, code: 'scripted-module', rule: 'R7', stage: 'register', error, target: null, path: [], values };
}

function unregisteredType(moduleType: string, subConfig: number, mode: Mode): OutcomeFailure {
  const register = `${settingClassNames[mode]}.register()`;
  return {
    subConfig,
    code: 'unregistered-type',
    rule: 'C1',
    stage: 'register',
    error: {
      type: 'AssertionError',
      message: `${moduleType} is not registered, please register setting with ${register}.`,
    },
    target: null,
    path: [],
    values: { type: moduleType },
  };
}

/** The error that NNI raises when it creates a target's attribute in the wrapper (rules R2, R3). */
function targetFailure(
  spec: ModuleSpec,
  planned: PlannedTarget,
  subConfig: number,
  mode: Mode,
  { attribute }: Attribute,
): OutcomeFailure | null {
  const { target, kind } = planned;
  const base = { subConfig, stage: 'register', target, path: planned.path } as const;
  const values = { target, type: spec.type ?? '' };
  const error = { type: 'AssertionError', message: '' };
  if (mode === 'distillation') {
    return kind === 'parameter' ? { ...base, code: 'parameter-not-distillable', rule: 'R2', error, values } : null;
  }
  if (kind === 'parameter' && attribute === 'missing') {
    return { ...base, code: 'missing-parameter', rule: 'R2', error, values };
  }
  if (kind !== 'parameter' && target.includes('.')) {
    // The mask or scale would become a buffer, whose name may hold no dot.
    const message = String.raw`'buffer name can\'t contain "."'`;
    return { ...base, code: 'registration-failed', rule: 'R2', error: { type: 'KeyError', message }, values };
  }
  if (mode !== 'quantization') return null;
  const quantDtype = getKey(planned.setting, 'quant_dtype');
  const range = parseQuantDtype(quantDtype);
  if (range.ok) return null;
  return {
    ...base,
    code: 'bad-quant-dtype',
    rule: 'R3',
    error: range.error,
    path: pathOfKey(planned.provenance, 'quant_dtype') ?? planned.path,
    values: { ...values, value: quantDtypeText(quantDtype) },
  };
}

function openTarget(
  spec: ModuleSpec,
  planned: PlannedTarget,
  subConfig: number,
  mode: Mode,
  failures: OutcomeFailure[],
  attribute: Attribute,
): OpenTarget {
  const { target, kind, setting } = planned;
  const kernel = kernelOf(setting, kind, mode);
  if (!kernel.ok) {
    failures.push({
      subConfig,
      code: kernel.error.code,
      rule: 'R6',
      stage: 'scaler',
      error: kernel.error.error,
      target,
      path: pathOfKey(planned.provenance, 'granularity') ?? planned.path,
      values: { target, type: spec.type ?? '', value: kernel.error.granularity },
    });
  }
  return {
    target,
    kind,
    ...attribute,
    subConfig,
    setting,
    provenance: planned.provenance.map((provenance) => withKernelStep(provenance, mode, kind)),
    kernel: kernel.ok ? kernel.value : null,
    losers: [],
  };
}

function withKernelStep(
  provenance: SettingProvenance,
  mode: Mode,
  kind: PlannedTarget['kind'],
): SettingProvenance {
  const last = provenance.chain.at(-1);
  if (provenance.key !== 'granularity' || last?.value !== 'default' || mode === 'distillation') return provenance;
  const step: ProvenanceStep = { ...last, source: 'kernel', value: defaultGranularity(mode, kind) };
  return { key: provenance.key, chain: [...provenance.chain, step] };
}

/** The place of the value in force, when a sub-config sets it. */
export function pathOfKey(provenance: readonly SettingProvenance[], key: string): KeyPath | null {
  const last = provenance.find((entry) => entry.key === key)?.chain.at(-1);
  return last === undefined || last.source === 'template' ? null : last.path;
}

interface Attribute {
  readonly attribute: TargetAttribute;
  readonly shape: readonly number[] | null;
}

/** A target that an earlier one brought with it, such as the mask of a weight (rule R2); `null` when it is none. */
function addedAttribute(configured: ReadonlyMap<string, OpenTarget>, target: string, mode: Mode): Attribute | null {
  for (const end of addedWithTarget[mode]) {
    const owner = target.endsWith(end) ? configured.get(target.slice(0, -end.length)) : undefined;
    if (owner === undefined) continue;
    if (end === '_mask' && owner.attribute === 'tensor') return { attribute: 'tensor', shape: owner.shape };
    return { attribute: end.startsWith('_q') ? 'none' : 'empty', shape: null };
  }
  return null;
}

/** The kind of attribute that a target name has on the modules of a spec (rule R2). */
function attributeOf(spec: ModuleSpec, target: string): Attribute {
  if (target.startsWith('_input_') || target.startsWith('_output_')) return { attribute: 'none', shape: null };
  if (wrapperAttributes.has(target)) {
    return { attribute: emptyWrapperAttributes.has(target) ? 'empty' : 'none', shape: null };
  }
  const tensor = ownTensor(spec, target);
  if (tensor !== undefined) {
    return tensor.isNone ? { attribute: 'empty', shape: null } : { attribute: 'tensor', shape: tensor.shape };
  }
  // Where only buffers are unknown, the usual parameters are still known to be absent.
  const isUsual = target === 'weight' || target === 'bias';
  const isUnknown = spec.parameters === null || (spec.buffers === null && !isUsual);
  return { attribute: isUnknown ? 'unknown' : 'missing', shape: null };
}
