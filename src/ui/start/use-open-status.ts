import type { DerivedState, OpenStatus } from '../../store/derived-store.ts';
import type { TreeRole } from '../../worker/protocol.ts';
import { useDerived } from '../shared/use-app.ts';

const selectors: Readonly<Record<TreeRole, (state: DerivedState) => OpenStatus>> = {
  student: (state) => state.studentStatus,
  teacher: (state) => state.teacherStatus,
};

/** Progress or failure of the opening of a tree. */
export function useOpenStatus(role: TreeRole): OpenStatus {
  return useDerived(selectors[role]);
}
