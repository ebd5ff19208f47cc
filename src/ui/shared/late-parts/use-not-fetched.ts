import { useCallback, useState } from 'react';
import type { EngineFailure } from '../../../worker/protocol.ts';

/**
 * Gives a function for the failure of a call: where the engine lacks code that could not be fetched, the error boundary around
 * says so, and its "Try again" shows its content again, which asks again. Other failures are passed over.
 */
export function useNotFetched(): (failure: EngineFailure) => void {
  const [, setState] = useState(null);
  return useCallback((failure) => {
    if (failure.type !== 'not-fetched') return;
    // An error thrown here reaches the boundary as if the component had thrown it.
    setState(() => {
      throw new Error(failure.reason);
    });
  }, []);
}
