import type { FindingCode } from './finding-codes.ts';
import type { Finding, Fix } from './finding.ts';
import { formatCount } from '../text/format-count.ts';

/** A finding in words: what, why, and the rule of SPEC.md that it comes from. */
export interface WordedFinding {
  readonly title: string;
  /** One sentence; empty when the title says it all. */
  readonly why: string;
  readonly rule: string;
}

type Values = Finding['values'];
type Words = (values: Values) => Omit<WordedFinding, 'rule'> & { readonly rule?: string };

/** Values that a user or a model names, of any length. */
const named: ReadonlySet<string> = new Set(['pattern', 'value', 'module', 'name', 'other', 'parameter', 'tiedTo']);
/** So many characters of such a value are told; its place tells the rest. */
const mostTold = 120;

function text(values: Values, key: string): string {
  const told = String(values[key] ?? '');
  if (!named.has(key) || told.length <= mostTold) return told;
  return `${told.slice(0, mostTold - 30)} … ${told.slice(-27)}`;
}

function number(values: Values, key: string): number {
  return Number(values[key] ?? 0);
}

function quantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function others(values: Values, noun = 'module'): string {
  const rest = number(values, 'count') - 1;
  return rest > 0 ? ` and ${quantity(rest, `more ${noun}`)}` : '';
}

function ofModules(values: Values): string {
  const count = number(values, 'count');
  return count === 0 ? '' : ` in ${quantity(count, 'module')}`;
}

/** The root and so many containers besides. */
function containers(values: Values): string {
  const root = number(values, 'root');
  const rest = number(values, 'count') - root;
  const parts = [...(root > 0 ? ['the root'] : []), ...(rest > 0 ? [quantity(rest, 'container')] : [])];
  return parts.join(' and ');
}

/** `sparse_ratio`, or `sparse_ratio of weight` for one of the settings of a target. */
function keyPlace(values: Values, name: string): string {
  const place = text(values, name);
  const [, target, key] = /^target_settings\.(.*)\.([^.]*)$/s.exec(place) ?? [];
  return target === undefined ? place : `${key ?? ''} of ${target}`;
}

function assertionName(values: Values): string {
  const label = text(values, 'label');
  return label === '' ? 'An assertion' : `“${label}”`;
}

/** The one table of words. */
const wordings: Readonly<Record<FindingCode, Words>> = {
  'legacy-failed': (v) => ({
    title: `NNI cannot translate this NNI 2.x list: ${text(v, 'key')} is missing or not as it was.`,
    why: 'A list whose first sub-config has keys of NNI 2.x is translated before anything else.',
  }),
  'not-a-list': (v) => ({ title: `The config list is a ${text(v, 'type')}, not a list.`, why: 'NNI walks a list of dicts.' }),
  'not-a-dict': () => ({ title: 'This entry of the list is not an object.', why: 'Each sub-config is a dict.' }),
  'missing-selector': () => ({
    title: 'Nothing says which modules are meant.',
    why: 'NNI wants at least one of op_types, op_names and op_names_re.',
  }),
  'missing-key': (v) => ({
    title: `${text(v, 'key')} is missing.`,
    why: `NNI demands it here${v['expected'] === undefined ? '' : `, as ${text(v, 'expected')}`}.`,
  }),
  'empty-dict': (v) => ({
    title: `${text(v, 'key')} is empty.`,
    why: 'NNI refuses an empty dict here; leave the key out.',
  }),
  'unknown-key': (v) => ({
    title: `${text(v, 'key')} is not a key of this mode.`,
    why: 'NNI refuses every key that it does not know.',
  }),
  'wrong-value': (v) => ({
    title: `${text(v, 'key')} must be ${text(v, 'expected')}, not ${text(v, 'value')}.`,
    why: 'NNI checks types strictly: 1 is no float, 1.0 is one.',
  }),
  'exclusive-keys': (v) => ({
    title: `${keyPlace(v, 'other')} and ${keyPlace(v, 'place')} must not both be set.`,
    why: 'NNI takes one of sparse_ratio and sparse_threshold in all of a sub-config, its target settings included.',
  }),
  'bad-pattern': (v) => ({
    title: `Python refuses the pattern ${text(v, 'pattern')}: ${text(v, 'message')}.`,
    why: 'NNI compiles the patterns when it selects modules.',
  }),
  'unknown-module': (v) => ({
    title: `The model has no module ${text(v, 'module')}.`,
    why: 'NNI looks the name up and fails; the specification says that it is ignored.',
  }),
  'unregistered-type': (v) => ({
    title: `NNI has no template for ${text(v, 'type')} (${text(v, 'module') || 'the root'}${others(v)}).`,
    why: 'Every selected module needs a setting template of its type.',
  }),
  'scripted-module': (v) => ({
    title: `${text(v, 'module') || 'The root'}${others(v)} is TorchScript (${text(v, 'type')}), which NNI cannot wrap.`,
    why: 'NNI asks Python for the arguments of forward, which a scripted or traced module does not tell.',
  }),
  'unknown-target': (v) => ({
    title: `${text(v, 'type')} has no target ${text(v, 'missing') || text(v, 'target')} (${text(v, 'module')}${others(v)}).`,
    why: 'A name in target_names must stand in the template of the type or in target_settings.',
  }),
  'missing-parameter': (v) => ({
    title: `${text(v, 'module')} has no parameter ${text(v, 'target')}.`,
    why: 'A target that is no input or output must be a parameter or buffer of the module.',
  }),
  'parameter-not-distillable': (v) => ({
    title: `${text(v, 'target')} is a parameter: only inputs and outputs can be distilled.`,
    why: 'A distillation compares what modules give, not their weights.',
  }),
  'bad-quant-dtype': (v) => ({
    title: `quant_dtype ${text(v, 'value')} is no integer type.`,
    why: 'It reads int or uint and a number of bits, such as int8.',
  }),
  'fuse-root': () => ({
    title: 'fuse_names: the root of the model cannot be fused.',
    why: 'NNI splits the name at its last dot, and the root has none.',
  }),
  'fuse-length': () => ({
    title: 'A group of fuse_names must have two or three names.',
    why: 'NNI fuses a layer with a batch norm, an activation, or both.',
  }),
  'fuse-unknown-module': (v) => ({
    title: `fuse_names: the model has no module ${text(v, 'module')}.`,
    why: 'Every name of a group is looked up in the model.',
  }),
  'fuse-head-type': (v) => ({
    title: `fuse_names: ${text(v, 'module')} is a ${text(v, 'type')}, which cannot lead a fusion.`,
    why: 'The first of a group must be a Linear, a convolution or a batch norm.',
  }),
  'fuse-without-output': (v) => ({
    title: `fuse_names: with the ReLU ${text(v, 'module')} target_names must hold _output_.`,
    why: 'NNI asks for exactly this word.',
  }),
  'fuse-head-not-selected': (v) => ({
    title: `fuse_names: ${text(v, 'module')} leads a group but is not selected here.`,
    why: 'The first of a group must be selected by the same sub-config.',
  }),
  'fuse-part-selected': (v) => ({
    title: `fuse_names: ${text(v, 'module')} is fused into another module and selected as well.`,
    why: 'Only the first of a group may be selected, anywhere in the list.',
  }),
  'fuse-part-shared': (v) => ({
    title: `fuse_names: ${text(v, 'module')} is known to the model under another name first.`,
    why: 'NNI finds a shared module under its first name only.',
  }),
  'fuse-head-twice': (v) => ({
    title: `fuse_names: ${text(v, 'module')} leads two groups.`,
    why: 'A module can lead one fusion.',
  }),
  'wrapped-twice': (v) => ({
    title: `${text(v, 'module')} and ${text(v, 'other')} are the same module.`,
    why: 'NNI wraps each module once; select only one of the two names.',
  }),
  'already-wrapped': (v) => ({
    title:
      number(v, 'count') === 1
        ? `${text(v, 'module')} is wrapped by a compressor already.`
        : `${quantity(number(v, 'count'), 'module')} are wrapped by a compressor already, ${text(v, 'module')} first.`,
    why: 'The model has _nni_wrapper modules in it. Call unwrap_model() on the compressor that wrapped it before a second one takes the model.',
  }),
  'granularity-kind': (v) => ({
    title: `granularity ${text(v, 'value')} does not go with the target ${text(v, 'target')}.`,
    why: 'in_channel and out_channel are for parameters, per_channel for inputs and outputs.',
  }),
  'granularity-malformed': (v) => ({
    title: `granularity ${text(v, 'value')} is not a block that NNI reads.`,
    why: 'It takes a list of ints, or [sizes, "front" or "back", value].',
  }),
  'registration-failed': (v) => ({
    title: `NNI cannot register the target ${text(v, 'target')}.`,
    why: 'Its name is not one that a module’s input, output or parameter can have.',
  }),
  'lost-targets': (v) => ({
    title: `${quantity(number(v, 'count'), `${text(v, 'target')} target`)} already taken by #${text(v, 'winner')}.`,
    why: 'The first sub-config to configure a target wins, with only a warning. The specification also says that later ones overwrite; NNI does not.',
    rule: 'R1',
  }),
  'dropped-target-setting': (v) => ({
    title: `The settings of ${text(v, 'target')} are dropped: target_names leaves it out.`,
    why: 'Only the targets in target_names are configured.',
    rule: 'C5',
  }),
  'shorthand-unused': (v) => ({
    title: `${text(v, 'key')} reaches no target.`,
    why: `A key at top level only replaces one that the template has; ${text(v, 'types') || 'these types'} have none.`,
    rule: 'C3',
  }),
  'entry-without-hit': (v) => ({
    title: `${text(v, 'value') || 'The empty string'} in ${text(v, 'key')} hits no module.`,
    why: 'NNI says nothing of an entry without effect.',
    rule: 'S',
  }),
  'entry-without-effect': (v) => ({
    title: `${text(v, 'value') || 'The empty string'} in ${text(v, 'key')} hits ${quantity(number(v, 'count'), 'module')}, and changes nothing.`,
    why: 'None of them is selected in the end, or none was left to take away.',
    rule: 'S',
  }),
  'slow-pattern': (v) => ({
    title: `The pattern ${text(v, 'value')} would hang Python.`,
    why: `On the names of this model re.match needs about ${duration(number(v, 'seconds'))}.`,
    rule: 'S2',
  }),
  'selects-nothing': (v) => ({
    title: `Sub-config ${text(v, 'subConfig')} selects nothing.`,
    why: 'NNI goes on without a word.',
    rule: 'S',
  }),
  'wins-nothing': (v) => ({
    title: `Sub-config ${text(v, 'subConfig')} has no effect: all its ${quantity(number(v, 'lost'), 'target')} are taken.`,
    why: 'Earlier sub-configs configure the same targets, and the first wins.',
    rule: 'R1',
  }),
  'empty-parameter': (v) => ({
    title: `${text(v, 'target')} is None in ${quantity(number(v, 'count'), 'selected module')}: nothing happens there.`,
    why: 'Layers made with bias=False have no such parameter to compress.',
    rule: 'R2',
  }),
  'tied-parameter': (v) => ({
    title: `${text(v, 'parameter')} is the same tensor as ${text(v, 'tiedTo')}.`,
    why: 'NNI compresses a copy of each, so the tie is lost.',
    rule: 'M1',
  }),
  'not-checked': (v) => ({
    title: `Not checked for ${quantity(number(v, 'count'), 'module')}: this file does not tell ${text(v, 'lack')}.`,
    why: 'Open a richer file of the model to have it checked.',
  }),
  'ratio-above-1': (v) => ({
    title: `sparse_ratio ${text(v, 'value')} masks everything.`,
    why: 'NNI clamps the ratio to 1 without a word.',
    rule: 'X4',
  }),
  'ratio-below-0': (v) => ({
    title: `sparse_ratio ${text(v, 'value')} masks nothing.`,
    why: 'NNI clamps the ratio to 0 without a word.',
    rule: 'X4',
  }),
  'assertion-count': (v) => {
    const found = number(v, 'found');
    const relation = { 'selects-at-least': 'fewer than', 'selects-at-most': 'more than' }[text(v, 'demand')] ?? 'not';
    const are = `${quantity(found, 'module')} ${found === 1 ? 'is' : 'are'} selected`;
    return {
      title: `${assertionName(v)} fails: ${are}, ${relation} ${formatCount(number(v, 'demanded'))}.`,
      why: 'The plan demands it; NNI knows nothing of it and would go on.',
      rule: 'F8',
    };
  },
  'assertion-modules': (v) => {
    const never = text(v, 'demand') === 'never-selects';
    const one = number(v, 'count') === 1;
    const state = never ? 'selected' : 'not selected';
    const matching = one ? `, which matches ${text(v, 'pattern')}, is` : `${others(v)} that match ${text(v, 'pattern')} are`;
    return {
      title: `${assertionName(v)} fails: ${text(v, 'module')}${matching} ${state}.`,
      why: 'The plan demands otherwise; NNI knows nothing of it and would go on.',
      rule: 'F8',
    };
  },
  'assertion-not-decided': (v) => ({
    title: `${assertionName(v)} cannot be decided: ${
      text(v, 'pattern') === '' ? 'its sub-config is not in the list' : 'its pattern is not one that Python can try'
    }.`,
    why: '',
    rule: 'F8',
  }),
  'cut-number': (v) => ({
    title: `${text(v, 'pattern')} also takes ${text(v, 'name')}${others(v)}.`,
    why: 'A pattern is anchored at the start of the name only; it stops here in the middle of a number.',
    rule: 'S2',
  }),
  'takes-containers': (v) => ({
    title: `${text(v, 'pattern')} also takes ${containers(v)}, not only what is inside.`,
    why: 'A pattern is anchored at the start of the name only, so it takes a container and all that stands in it; op_types says what is meant.',
    rule: 'S2',
  }),
  'input-not-met': (v) => ({
    title: `${text(v, 'target')} is never met${ofModules(v)}.`,
    why:
      text(v, 'number') === ''
        ? `NNI counts inputs by position${text(v, 'arguments') === '' ? '' : `; forward takes ${text(v, 'arguments')}`}.`
        : `NNI counts inputs by position: ${text(v, 'name')} is _input_${text(v, 'number')}; only keyword-only arguments go by name.`,
    rule: 'X9',
  }),
  'fusion-unsupported': (v) => ({
    title: `fuse_names: NNI cannot fuse ${text(v, 'types')} (${text(v, 'module')}${others(v, 'group')}).`,
    why: 'The group registers, and the first forward pass fails: NNI fuses a convolution or Linear with its batch norm, a ReLU, or both in this order, and a batch norm with a ReLU.',
    rule: 'X7',
  }),
  'fusion-weight': (v) => ({
    title: `fuse_names: the weight of ${text(v, 'module')} is not quantized${others(v, 'group')}.`,
    why: 'To fuse a batch norm into it, NNI needs weight among the targets; the first forward pass fails.',
    rule: 'X7',
  }),
  'fusion-channels': (v) => ({
    title: `fuse_names: ${text(v, 'module')} gives ${text(v, 'given')} channels, its batch norm takes ${text(v, 'taken')}${others(v, 'group')}.`,
    why: 'The first forward pass fails.',
    rule: 'X7',
  }),
  'empty-quantized': (v) => ({
    title: `${text(v, 'target')} is None in ${quantity(number(v, 'count'), 'quantized module')}: the first forward pass fails.`,
    why: 'Layers made with bias=False have no such parameter, and every quantizer asks it for its values all the same.',
    rule: 'A-Q2',
  }),
  'mask-failure': (v) => ({
    title: `The pruner fails at ${text(v, 'module')}.${text(v, 'target')} when it makes masks.`,
    why: maskReasons[text(v, 'rule')] ?? 'Its shape, group or alignment does not fit.',
  }),
  'lambda-int': (v) => ({
    title: `lambda ${text(v, 'value')} is an int: the distiller fails.`,
    why: 'NNI accepts the list, but its distillers take nothing but a float.',
    rule: 'X6',
  }),
  'distilled-input': (v) => ({
    title: `${text(v, 'target')} of ${quantity(number(v, 'count'), 'module')} cannot be distilled: the distiller fails.`,
    why: 'In the teacher it asks for the same target, where only outputs have settings.',
    rule: 'X6',
  }),
  'link-missing': (v) => ({
    title: `The teacher has no module ${text(v, 'link')}${others(v)}.`,
    why: 'Every linked module must exist in the teacher; without a link the name of the student’s module is meant.',
    rule: 'X6',
  }),
  'link-shared': (v) => ({
    title: `In the teacher, ${text(v, 'link')} and ${text(v, 'other')} are the same module.`,
    why: 'The distiller wraps every linked module once; link to one of the two names.',
    rule: 'X6',
  }),
};

const maskReasons: Readonly<Record<string, string>> = {
  X1: 'The block does not divide the shape of the target, or the target has no tensor that has a norm.',
  X2: 'Targets of one group need equal ratios, metrics of equal shape, and a number of blocks that divides them.',
  X3: 'The mask to align with is missing in this list, or its size does not fit.',
  X4: 'The ratio cannot be applied.',
};

/** `7200` → `2 hours`. */
function duration(seconds: number): string {
  const steps = [
    [31_557_600, 'year'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [size, unit] of steps) {
    if (seconds >= size) return seconds / size > 1000 ? `thousands of ${unit}s` : quantity(Math.round(seconds / size), unit);
  }
  return quantity(Math.max(1, Math.round(seconds)), 'second');
}

function isKnown(code: string): code is FindingCode {
  return Object.hasOwn(wordings, code);
}

/** Words for a finding. */
export function wordFinding(finding: Finding): WordedFinding {
  const { code, values, error } = finding;
  if (!isKnown(code)) return { title: code, why: '', rule: '' };
  const words = wordings[code](values);
  const raised = error === undefined ? '' : ` NNI raises ${error.type}${error.message === '' ? '' : ` (${firstLine(error.message)})`}.`;
  return { title: words.title, why: `${words.why}${raised}`, rule: words.rule ?? text(values, 'rule') };
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!;
  // The sentence around it ends with a full stop of its own.
  return line.length > 120 ? `${line.slice(0, 119)}…` : line.replace(/\.$/, '');
}

/** The words of a fix's button. */
export function wordFix({ code, values }: Fix): string {
  switch (code) {
    case 'write-float':
      return `Write ${text(values, 'value')}`;
    case 'remove-key':
      return `Remove ${text(values, 'key')}`;
    case 'rename-key':
      return `Rename it to ${text(values, 'key')}`;
    case 'remove-entry':
      return 'Remove the entry';
    case 'add-key':
      return `Add ${text(values, 'key')}: ${text(values, 'value')}`;
    case 'write-out-shorthand':
      return 'Move it into target_settings';
    case 'exclude-type':
      return `Exclude ${text(values, 'type')}`;
    case 'register-type':
      return `Register ${text(values, 'type')}`;
    case 'add-target':
      return `Add ${text(values, 'target')} to target_settings`;
    case 'add-target-name':
      return `Add ${text(values, 'target')} to target_names`;
    case 'add-output':
      return 'Add _output_ to target_names';
    case 'leave-out-target':
      return `Leave ${text(values, 'target')} out`;
    case 'write-name':
    case 'write-value':
      return `Write ${text(values, 'value')}`;
    case 'keep-first':
      return `Keep ${keyPlace(values, 'key')}, remove ${keyPlace(values, 'other')}`;
    case 'only-types':
      return `Select only ${text(values, 'types')}`;
    case 'add-types':
      return `Add ${text(values, 'types')} to op_types`;
    case 'add-name':
      return `Add ${text(values, 'module')} to op_names`;
    case 'exclude-name':
      return `Exclude ${text(values, 'module')}`;
    case 'remove-groups':
      return number(values, 'count') === 1 ? 'Remove the group' : `Remove the ${text(values, 'count')} groups`;
    case 'keep-pairs':
      return 'Fuse only the first two';
    case 'link-to':
      return `Link to ${text(values, 'link')}`;
    case 'link-each':
      return `Link each: ${text(values, 'first')} … ${text(values, 'last')}`;
    case 'move-up':
      return `Move #${text(values, 'subConfig')} above #${text(values, 'winner')}`;
    case 'end-pattern':
      return `End the pattern (${text(values, 'count')} left)`;
  }
}
