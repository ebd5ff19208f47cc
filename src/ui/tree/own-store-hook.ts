/**
 * Stands in for the copy of this hook that react-arborist brings for older Reacts (see `vite.config.ts`): React has it.
 */
export { useSyncExternalStore } from 'react';
