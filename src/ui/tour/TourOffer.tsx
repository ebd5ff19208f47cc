import { useState } from 'react';
import { Button } from '../shared/Button.tsx';
import { useApp } from '../shared/use-app.ts';
import { isTourSettled, settleTour } from './tour-memory.ts';

/** Offers the tour on the first visit. */
export function TourOffer() {
  const app = useApp();
  const [settled, setSettled] = useState(isTourSettled);
  if (settled) return null;
  return (
    <section aria-label="Tour" className="flex flex-wrap items-center gap-2 rounded border border-line px-3 py-2">
      <p className="min-w-0 flex-1">First time here? A tour of five steps shows the page on an example.</p>
      <Button onClick={async () => (await import('./start-tour.ts')).startTour(app)}>Take the tour</Button>
      <Button
        kind="plain"
        onClick={() => {
          settleTour();
          setSettled(true);
        }}
      >
        No, thanks
      </Button>
    </section>
  );
}
