import { showKeys } from '../../actions/keys.ts';
import { Info } from 'lucide-react';
import { Suspense, useCallback, useEffect, useId, useMemo, useRef, type RefObject } from 'react';
import { IconButton } from '../../shared/Button.tsx';
import { ErrorBoundary } from '../../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../../shared/late-parts/lazy-part.tsx';
import { placeLayer } from '../../shared/layers/place-layer.ts';

const PatternDescriptionView = lazyPart(async () => (await import('./PatternDescriptionView.tsx')).PatternDescriptionView);

/** Not shown; shown as long as the pointer is there; shown until it is closed. */
export type AboutState = 'closed' | 'hovered' | 'open';

interface AboutProps {
  /** The accessible name of the field. */
  readonly name: string;
  readonly pattern: string;
  /** The explanation is right below this element. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly state: AboutState;
  readonly onState: (state: AboutState) => void;
}

const infoIcon = <Info size={12} />;

/** Explains a pattern right below its field. The field keeps the focus, so the user can go on typing. */
export function PatternAbout(props: AboutProps) {
  const { name, state, onState } = props;
  const id = useId();
  const wasOpen = useRef(false);
  // The same element at every letter: React passes it over.
  const button = useMemo(
    () => (
      <IconButton
        size="small"
        label={`About ${name}`}
        hint={`Its meaning and its matches (${showKeys('Alt+F1')})`}
        icon={infoIcon}
        aria-expanded={state === 'open'}
        aria-controls={state === 'closed' ? undefined : id}
        onPointerDown={() => (wasOpen.current = state === 'open')}
        onClick={(event) => {
          // A press of the pointer outside of the layer has closed it before the click comes.
          const isOpen = event.detail > 0 ? wasOpen.current : state === 'open';
          onState(isOpen ? 'closed' : 'open');
        }}
      />
    ),
    [name, state, id, onState],
  );
  return (
    <>
      {button}
      {state !== 'closed' && <AboutLayer key={state} id={id} {...props} />}
    </>
  );
}

function AboutLayer({ id, name, pattern, anchor, state, onState }: AboutProps & { readonly id: string }) {
  const layer = useRef<HTMLDivElement>(null);
  const place = useCallback(() => {
    if (layer.current && anchor.current) placeLayer(layer.current, anchor.current);
  }, [anchor]);
  useEffect(() => {
    const element = layer.current;
    if (!element) return undefined;
    element.showPopover();
    place();
    const close = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') onState('closed');
    };
    element.addEventListener('toggle', close);
    return () => element.removeEventListener('toggle', close);
  }, [place, onState]);
  return (
    <div
      ref={layer}
      id={id}
      popover={state === 'open' ? 'auto' : 'manual'}
      role={state === 'open' ? 'dialog' : 'tooltip'}
      aria-label={`About ${name}`}
      className={`fixed m-0 w-[26rem] max-w-[90vw] overflow-auto rounded-md border border-line bg-raised px-3 py-2 text-xs text-text shadow-lg ${state === 'hovered' ? 'pointer-events-none' : ''}`}
    >
      <ErrorBoundary part="The explanation of the pattern" size="line">
        <Suspense fallback={<p className="text-muted">Looking …</p>}>
          <PatternDescriptionView pattern={pattern} onChange={place} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
