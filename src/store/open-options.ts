import type { ReadLimits } from '../core/readers/messages/read-error.ts';

/** How a tree is opened. */
export interface OpenOptions {
  /**
   * What becomes of it when a model is open: it takes its place; a person is asked when it has names of the open
   * one (`offer`: only when one can complete the other); or it completes the open one.
   */
  readonly use?: 'open' | 'ask' | 'offer' | 'complete';
  /** Limits that the person has raised. */
  readonly limits?: Partial<ReadLimits>;
}
