import type { Fix, FixCode } from './finding.ts';
import type { ListEdit } from '../config/list-edits.ts';

/** A fix that edits the list; `code` picks its words, `values` fills them in. */
export function fix(code: FixCode, values: Fix['values'], ...edits: readonly ListEdit[]): Fix {
  return { code, values, action: { type: 'edit-list', edits } };
}
