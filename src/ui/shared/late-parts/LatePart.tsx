import { Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** A small part that is fetched late: nothing until it is there, and one line where it cannot be fetched. The parts around it stay. */
export function LatePart({ part, children }: { readonly part: string; readonly children: ReactNode }) {
  return (
    <ErrorBoundary size="line" part={part}>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  );
}
