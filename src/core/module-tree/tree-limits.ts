/** How large a tree may get; a reader's caller can raise them. */
export interface TreeLimits {
  readonly maxModules: number;
  /** UTF-16 units of all names together. */
  readonly maxNameUnits: number;
  /** Levels below the root. */
  readonly maxDepth: number;
}

/** Far above any real model, and far below a tree that would exhaust a browser tab. */
export const defaultTreeLimits: TreeLimits = { maxModules: 2_000_000, maxNameUnits: 400_000_000, maxDepth: 1000 };

/** Why entries do not make a tree. Source indices are the ones given to `add`. */
export type TreeBuildError =
  | { readonly type: 'duplicate-name'; readonly name: string; readonly first: number; readonly second: number }
  | { readonly type: 'too-many-modules'; readonly limit: number }
  | { readonly type: 'names-too-long'; readonly limit: number }
  | { readonly type: 'too-deep'; readonly name: string; readonly sourceIndex: number; readonly limit: number };
