import { useState, type ReactNode } from 'react';
import { Button } from '../shared/Button.tsx';
import { useApp } from '../shared/use-app.ts';
import { isTourSettled, settleTour } from './tour-memory.ts';
import { earlyActions } from '../actions/early-actions.ts';
import { runAction } from '../actions/page-action.ts';

/** Offers the tour on the first visit. */
export function TourOffer({ icon }: { readonly icon: ReactNode }) {
  const app = useApp();
  const [settled, setSettled] = useState(isTourSettled);
  if (settled) return null;
  return (
    <section aria-label="Tour" className="flex flex-wrap items-center gap-2">
      <Button icon={icon} onClick={() => runAction(earlyActions.tour, app)}>
        Take the tour
      </Button>
      <Button
        kind="plain"
        onClick={() => {
          settleTour();
          setSettled(true);
        }}
      >
        No, thanks
      </Button>
      <span className="text-xs text-muted">Plays on an example, in one minute</span>
    </section>
  );
}
