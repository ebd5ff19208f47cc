import type { VisibleRow } from './visible-rows.ts';

/** A row whose why is asked for. */
export interface AskedRow {
  readonly row: VisibleRow;
  readonly element: HTMLElement;
}
