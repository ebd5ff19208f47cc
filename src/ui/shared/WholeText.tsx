import type { ReactNode } from 'react';

/** The look of a field in a `WholeText`: as high as its text takes. */
export const wholeField = 'peer absolute inset-0 min-h-full w-full';

/** Letters of a text that fits into the field wherever it stands. */
const shortText = 20;

/**
 * A one-line field with the class `wholeField`, and over it its text in as many lines as it takes: names often differ only at the
 * end. While the field has the focus, its own text is seen. `hasButton`: a small button stands over the end of the field.
 */
export function WholeText({ text, hasButton = false, children }: {
  readonly text: string;
  readonly hasButton?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="relative min-h-7 min-w-0 flex-1">
      {children}
      {text.length > shortText && (
        <div
          aria-hidden="true"
          className={`pointer-events-none relative m-px max-h-40 overflow-clip rounded bg-surface py-1 pl-2 font-mono text-code leading-[18px] wrap-anywhere text-text select-none peer-focus:invisible ${hasButton ? 'pr-7' : 'pr-2'}`}
        >
          {text}
        </div>
      )}
    </div>
  );
}
