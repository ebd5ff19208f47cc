/** Something that the script does not decide, e.g. `args.sparsity`. */
export interface Root {
  /** The expression as written, on one line: a person fills in its value. */
  readonly key: string;
  /** Offsets of the expression in the source, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly reason: RootReason;
  /** A Python literal that the source offers for it, e.g. the default of an argument parser. */
  readonly suggestion: string | null;
}

/** Why an expression has no value that can be worked out. */
export type RootReason =
  /** A name that nothing in the source sets, or a parameter without a default. */
  | 'name'
  /** The result of a call of code outside the source. */
  | 'call'
  /** An item or attribute of something unknown. */
  | 'part'
  /** Modules of the model, and no model is open. */
  | 'model'
  /** The model that is open does not say it (a shape, a type). */
  | 'not-in-model'
  /** Whether a package that the script imports in `try` is installed; `True` or `False` fills it in. */
  | 'import'
  /** The order of a set, which changes from run to run. */
  | 'set-order'
  /** Python that is not worked out here. */
  | 'unsupported'
  /** Python would raise an exception here. */
  | 'raises'
  /** The work that one script may take is used up. */
  | 'too-large'
  | 'syntax';

/** All roots, each once. */
export function joinRoots(...lists: readonly (readonly Root[])[]): readonly Root[] {
  const joined = new Map<string, Root>();
  for (const root of lists.flat()) if (!joined.has(root.key)) joined.set(root.key, root);
  return [...joined.values()];
}
