/** A point on which two files of one model differ. */
export interface TreeDisagreement {
  /** `module`: only one of the two has it; `tensor`: only one has that tensor. */
  readonly about: 'module' | 'type' | 'tensor' | 'shape' | 'dtype';
  readonly module: string;
  /** Local name of the tensor; empty for modules and types. */
  readonly tensor: string;
  /** The value in each tree; empty for "nothing". */
  readonly first: string;
  readonly second: string;
}
