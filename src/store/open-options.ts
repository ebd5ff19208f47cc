import type { ReadLimits } from '../core/readers/messages/read-error.ts';

/** How a tree is opened. */
export interface OpenOptions {
  /**
   * The use of the tree when a model is open. `open`: it replaces the open model. `ask`: the user is asked when the two share
   * names. `offer`: the user is asked only when one can complete the other. `complete`: it completes the open model. `choose`: the
   * user chose it, as a sample. In distillation a second model may be the teacher: there, `ask`, `offer` and `choose` ask for each.
   */
  readonly use?: 'open' | 'ask' | 'offer' | 'choose' | 'complete';
  /** Limits that the person has raised. */
  readonly limits?: Partial<ReadLimits>;
}
