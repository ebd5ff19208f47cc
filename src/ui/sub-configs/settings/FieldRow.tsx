import { Fragment, useId, useRef, useState, type ReactNode } from 'react';
import { FieldFindings } from '../card/CardFindings.tsx';
import { placeLayer } from '../../shared/layers/place-layer.ts';
import type { KeyPath } from '../../../core/config/value.ts';

/** The meaning of a key, shown on hover and on focus of its name. */
export interface KeyHelp {
  readonly meaning: string;
  /** The meaning for the class that runs the list. */
  readonly notes?: readonly string[];
  readonly fallback?: string;
  readonly accepts?: string;
  /** Targets that it reaches from the top of a sub-config. */
  readonly reaches?: readonly string[];
}

/** The name of a key at the left, its fields at the right, its remarks below. */
export function FieldRow({ label, help, path, action, children }: {
  readonly label: string;
  readonly help: KeyHelp;
  /** The field whose findings show here; left out where the fields show their own. */
  readonly path?: KeyPath;
  /** A button next to the name, seen while the pointer or the focus is in the row. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div data-key={label} className="group/row col-span-full grid grid-cols-1 items-start gap-x-3 gap-y-0.5 @sm:grid-cols-[9rem_minmax(0,1fr)]">
      <div className="flex min-w-0 items-start justify-between gap-1">
        <HelpLabel label={label} help={help} />
        {action !== undefined && (
          <span className="flex h-7 shrink-0 items-center opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 [@media(hover:none)]:opacity-100">
            {action}
          </span>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        {children}
        {path && <FieldFindings path={path} />}
      </div>
    </div>
  );
}

/** The name of a key; its meaning shows while the pointer or the focus is on it. */
export function HelpLabel({ label, help }: { readonly label: string; readonly help: KeyHelp }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={`About ${label}`}
        aria-describedby={shown ? id : undefined}
        // A row that is drawn below a pointer at rest is not asked about.
        onPointerMove={({ movementX, movementY }) => {
          if (movementX !== 0 || movementY !== 0) setShown(true);
        }}
        onPointerLeave={() => setShown(false)}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setShown(false);
        }}
        className="max-w-full cursor-help self-start justify-self-start rounded pt-1 text-left font-mono text-xs leading-5 text-muted hover:text-text"
      >
        {/* A long key goes on below, after one of its words. */}
        {label.split(/(?<=_)(?=.)/).map((word, at) => (
          <Fragment key={at}>
            {at > 0 && <wbr />}
            {word}
          </Fragment>
        ))}
      </button>
      {shown && (
        <div
          id={id}
          ref={(layer) => {
            if (!layer || !button.current) return;
            layer.togglePopover(true);
            placeLayer(layer, button.current);
          }}
          role="tooltip"
          popover="manual"
          className="pointer-events-none fixed flex w-80 max-w-[90vw] flex-col gap-1 rounded-md border border-line bg-raised px-3 py-2 text-xs text-text shadow-lg"
        >
          <HelpText help={help} />
        </div>
      )}
    </>
  );
}

function HelpText({ help: { meaning, notes, fallback, accepts, reaches } }: { readonly help: KeyHelp }) {
  return (
    <>
      <p>{meaning}</p>
      {notes?.map((note) => <p key={note}>{note}</p>)}
      {fallback !== undefined && <p className="text-muted">Left out: {fallback}.</p>}
      {accepts !== undefined && <p className="text-muted">NNI accepts {accepts}.</p>}
      {reaches && reaches.length > 0 && (
        <p className="text-muted">
          At the top it reaches <span className="font-mono">{reaches.join(', ')}</span>.
        </p>
      )}
    </>
  );
}
