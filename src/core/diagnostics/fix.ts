import type { ListEdit } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { formatCount } from '../text/format-count.ts';
import { keyPlace, shortened } from './phrases.ts';
import type { NumberOf } from './number-of.ts';

/** The action of a one-click fix; all of it is one undo step. */
export type FixAction =
  | {
      readonly type: 'edit-list';
      readonly edits: readonly ListEdit[];
      /** The edits begin with those that translate a list of NNI 2.x, and the words of the fix do not say it. */
      readonly translates?: true;
    }
  | { readonly type: 'register-template'; readonly moduleType: string }
  /** Shows the list that the data flow would give; the user takes it or not. */
  | { readonly type: 'show-groups' }
  /** The list stays; another class runs it. */
  | { readonly type: 'use-algorithm'; readonly mode: Mode; readonly algorithm: string }
  /** Takes a sub-config out of this list and puts it at the end of the list of another mode. */
  | { readonly type: 'move-to-mode'; readonly subConfig: number; readonly mode: Mode };

/** The effect of a fix on the intention: `repair` writes it, `narrow` leaves modules or targets out, `remove` gives something up; `extend` adds what was not asked for, and is only offered. */
export type FixKind = 'repair' | 'narrow' | 'remove' | 'extend';

interface FixRow<Values> {
  readonly kind: FixKind;
  /** The words of its button. */
  readonly words: (values: Values, numberOf: NumberOf) => string;
}

function row<Values = null>(kind: FixKind, words: (values: Values, numberOf: NumberOf) => string): FixRow<Values> {
  return { kind, words };
}

interface OfKey {
  readonly key: string;
}

interface OfModule {
  readonly module: string;
}

interface OfTarget {
  readonly target: string;
}

interface OfType {
  readonly type: string;
}

interface OfTypes {
  readonly types: string;
}

interface OfValue {
  readonly value: string;
}

/** Every change that is offered. */
const fixTable = {
  'use-algorithm': row<{ readonly algorithm: string }>('repair', ({ algorithm }) => `Use ${algorithm}`),
  'show-groups': row('repair', () => 'Set dependency groups …'),
  'write-float': row<OfValue>('repair', ({ value }) => `Write ${value}`),
  'write-name': row<OfValue>('repair', ({ value }) => `Write ${shortened(value)}`),
  'write-names': row<{ readonly count: number; readonly first: string; readonly key: string }>(
    'repair',
    ({ count, first, key }) => (count === 1 ? `Write ${shortened(first)} in ${key}` : `Write ${count} names in ${key}: ${shortened(first)} …`),
  ),
  'write-groups': row<{ readonly count: number; readonly first: string }>(
    'repair',
    ({ count, first }) => (count === 1 ? `Write one group: (${shortened(first)})` : `Write ${count} groups: (${shortened(first)}) …`),
  ),
  'prune-source': row<OfTarget & { readonly ratio: string }>('extend', ({ target, ratio }) => `Prune ${shortened(target)} by ${ratio}, too`),
  'add-ratio': row<OfValue>('extend', ({ value }) => `Add sparse_ratio: ${value}`),
  'split-types': row<OfTypes & { readonly targets: string }>('repair', ({ types, targets }) => `Leave ${targets} out for ${types}, in a sub-config of their own`),
  'write-types': row<OfTypes>('repair', ({ types }) => `Write ${types} in op_types`),
  'write-pattern': row<{ readonly key: string; readonly value: string; readonly count: number }>(
    'repair',
    ({ key, value, count }) => `Write ${shortened(value)} in ${key} (matches ${formatCount(count)})`,
  ),
  'write-target-value': row<OfKey & OfValue & { readonly targets: string }>('repair', ({ value, targets }) => `Write ${value} for ${targets}`),
  'write-two-values': row<OfValue & { readonly other: string; readonly targets: string }>(
    'repair',
    ({ value, other, targets }) => `Write ${value}, and ${other} for ${targets}`,
  ),
  'write-target': row<OfTarget>('repair', ({ target }) => `Write ${target}`),
  'end-pattern': row<{ readonly pattern: string; readonly count: number }>(
    'repair',
    ({ pattern, count }) => `Match whole numbers only: ${shortened(pattern)} (${formatCount(count)} left)`,
  ),
  'write-value': row<OfKey & OfValue>('repair', ({ value }) => `Write ${shortened(value)}`),
  'rename-key': row<OfKey & { readonly from: string }>('repair', ({ from, key }) => `Rename ${shortened(from)} to ${key}`),
  'add-key': row<OfKey & OfValue>('repair', ({ key, value }) => `Add ${key}: ${shortened(value)}`),
  'translate-list': row('repair', () => 'Translate the list from NNI 2.x, as NNI 3.0 takes it'),
  /** `with`: the slips that NNI's translation would lose or stop at. */
  'translate-respelled': row<{ readonly what: string; readonly changes: string }>('repair', ({ what, changes }) => `Translate ${what} from NNI 2.x, with ${changes}`),
  translate: row<{ readonly keys: string }>('repair', ({ keys }) => `Translate ${keys} from NNI 2.x`),
  'exclude-elsewhere': row<{ readonly subConfig: number }>(
    'repair',
    ({ subConfig }, numberOf) => `Exclude the modules of #${numberOf(subConfig)} from the others, and remove #${numberOf(subConfig)}`,
  ),
  'remove-none': row<{ readonly keys: string }>('repair', ({ keys }) => `Remove ${keysThatAreNone(keys.split(', '))}`),
  'move-to-mode': row<{ readonly subConfig: number; readonly mode: string }>('repair', ({ subConfig, mode }, numberOf) => `Move #${numberOf(subConfig)} to the ${mode} list`),
  'write-out-shorthand': row('repair', () => 'Move it into target_settings'),
  'add-target': row<OfTarget>('repair', ({ target }) => `Add ${target} to target_settings`),
  'add-target-name': row<OfTarget>('repair', ({ target }) => `Add ${target} to target_names`),
  'add-output': row('repair', () => 'Add _output_ to target_names'),
  'add-types': row<OfTypes>('repair', ({ types }) => `Add ${types} to op_types`),
  'select-inside': row<OfTypes>('repair', ({ types }) => `Select the modules inside: ${types}`),
  'add-name': row<OfModule>('repair', ({ module }) => `Add ${shortened(module)} to op_names`),
  'link-to': row<{ readonly link: string }>('repair', ({ link }) => `Link to ${link}`),
  'link-each': row<{ readonly first: string; readonly last: string }>('repair', ({ first, last }) => `Link each: ${first} … ${last}`),
  'only-types': row<OfTypes>('narrow', ({ types }) => `Select only ${types}`),
  'exclude-type': row<OfType>('narrow', ({ type }) => `Exclude ${type}`),
  'exclude-name': row<OfModule>('narrow', ({ module }) => `Exclude ${shortened(module)}`),
  'keep-pairs': row<{ readonly count: number }>('narrow', () => 'Fuse only the first two'),
  'register-type': row<OfType>('narrow', ({ type }) => `Register ${type}`),
  /** Which sub-config was meant to win is for the person to say. Sub-configs are numbered from 1. */
  'move-up': row<{ readonly subConfig: number; readonly winner: number }>(
    'narrow',
    ({ subConfig, winner }, numberOf) => `Move #${numberOf(subConfig)} above #${numberOf(winner)}`,
  ),
  'leave-out-target': row<OfTarget>('remove', ({ target }) => `Remove ${target}`),
  'keep-first': row<OfKey & { readonly other: string }>('remove', ({ key, other }) => `Keep ${keyPlace(key)}, remove ${keyPlace(other)}`),
  'remove-key': row<OfKey>('remove', ({ key }) => `Remove ${key}`),
  'remove-sub-config': row<{ readonly subConfig: number }>('remove', ({ subConfig }, numberOf) => `Remove sub-config ${numberOf(subConfig)}`),
  'remove-entry': row('remove', () => 'Remove the entry'),
  'remove-groups': row<{ readonly count: number }>('remove', ({ count }) => (count === 1 ? 'Remove the group' : `Remove the ${count} groups`)),
};

export type FixCode = keyof typeof fixTable;

type FixValues = { readonly [Code in FixCode]: Parameters<(typeof fixTable)[Code]['words']>[0] };

/** A change that settles a finding: `values` fill in the words of its button. */
export type Fix<Code extends FixCode = FixCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly values: FixValues[Each]; readonly action: FixAction; readonly joined?: readonly FixWords[] };
}[Code];

/** The words of a fix without its change. */
export type FixWords<Code extends FixCode = FixCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly values: FixValues[Each] };
}[Code];

const fixRows: { readonly [Code in FixCode]: FixRow<FixValues[Code]> } = fixTable;

/** A fix that edits the list. */
export function fix<Code extends FixCode>(code: Code, values: FixValues[Code], ...edits: readonly ListEdit[]): Fix<Code> {
  return { code, values, action: { type: 'edit-list', edits } };
}

/** One fix of two that edit the list; the second was made for the list after the first. Its kind is the kind of the first. */
export function joinFixes(first: Fix, second: Fix): Fix {
  if (first.action.type !== 'edit-list' || second.action.type !== 'edit-list') return first;
  const edits = [...first.action.edits, ...second.action.edits];
  const { code, values } = second;
  const words = { code, values } as FixWords;
  return { ...first, action: { ...first.action, edits }, joined: [...(first.joined ?? []), words, ...(second.joined ?? [])] };
}

/** The words of a fix's button. Sub-configs have the numbers of `numberOf`. */
export function wordFix<Code extends FixCode>({ code, values, action, joined = [] }: Fix<Code>, numberOf: NumberOf): string {
  const words = [fixRows[code].words(values, numberOf), ...joined.map((other) => wordsOf(other, numberOf))].map(lowerAfterFirst).join(', then ');
  return action.type === 'edit-list' && action.translates ? `${words}, and translate the list from NNI 2.x` : words;
}

function wordsOf<Code extends FixCode>({ code, values }: FixWords<Code>, numberOf: NumberOf): string {
  return fixRows[code].words(values, numberOf);
}

/** Keys that a button has room to name. */
const namedKeys = 3;

function keysThatAreNone(keys: readonly string[]): string {
  return keys.length > namedKeys ? `the ${keys.length} keys that are None` : `keys that are None: ${keys.join(', ')}`;
}

function lowerAfterFirst(words: string, at: number): string {
  return at === 0 ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

/** Equal for two fixes that make the same change. */
export function fixKey({ code, action }: Fix): string {
  return JSON.stringify([code, action]);
}

/** The effect of a fix on the intention. */
export function kindOfFix({ code }: Fix): FixKind {
  return fixRows[code].kind;
}
