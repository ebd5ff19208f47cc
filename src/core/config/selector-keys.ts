/** The six keys that choose modules. */
export type SelectorKey =
  | 'op_names'
  | 'op_names_re'
  | 'op_types'
  | 'exclude_op_names'
  | 'exclude_op_names_re'
  | 'exclude_op_types';

/** In the order in which a selection applies them (rules S1–S4). */
export const selectorKeys: readonly SelectorKey[] = [
  'op_names',
  'op_names_re',
  'op_types',
  'exclude_op_names',
  'exclude_op_names_re',
  'exclude_op_types',
];

/** The keys that say which modules a sub-config selects; the others take modules away. */
export const choosingSelectors = ['op_names', 'op_names_re', 'op_types'] as const satisfies readonly SelectorKey[];
export const choosingKeys: ReadonlySet<unknown> = new Set<SelectorKey>(choosingSelectors);
