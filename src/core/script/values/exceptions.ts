import type { Root } from './roots.ts';

/** Python would raise this. Caught by `try` of the script, or where a statement ends. */
export class PyRaise extends Error {
  readonly type: string;
  readonly detail: string;
  /** The object that the script raises itself, a `PyInstance`. */
  readonly object: object | null;
  constructor(type: string, detail: string, object: object | null = null) {
    super(`${type}: ${detail}`);
    this.type = type;
    this.detail = detail;
    this.object = object;
  }
}

/** An operation needs a value that is not decided. Caught where its expression ends, which is then unknown too. */
export class NeedsUnknown extends Error {
  readonly roots: readonly Root[];
  constructor(roots: readonly Root[]) {
    super('undecided');
    this.roots = roots;
  }
}

/** Python that is not worked out here. Caught where its expression ends. */
export class NotSupported extends Error {}
