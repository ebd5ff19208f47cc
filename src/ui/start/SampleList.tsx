import { useState } from 'react';
import type { TreeRole } from '../../worker/protocol.ts';
import { formatCount, formatQuantity } from '../../core/text/format-count.ts';
import { useActions, useSamples } from '../shared/use-app.ts';

/** The number of samples that fit one row; the others come on demand. */
const shownFirst = 6;

/** The models that come with the app. */
export function SampleList({ role, onOpened }: { readonly role: TreeRole; readonly onOpened?: () => void }) {
  const samples = useSamples();
  const { openSample } = useActions();
  const [all, setAll] = useState(false);
  const shown = all ? samples : samples.slice(0, shownFirst);
  const left = samples.length - shown.length;
  return (
    <section aria-label="Samples">
      <h2 className="mb-1.5 text-base font-semibold">Or try a sample</h2>
      <ul className="flex flex-wrap gap-1.5">
        {shown.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              title={sample.description}
              onClick={async () => {
                if (await openSample(sample, role)) onOpened?.();
              }}
              className="flex h-8 items-center gap-2 rounded border border-line px-2.5 hover:border-line-strong hover:bg-hover"
            >
              <span className="font-medium">{sample.title}</span>
              <span className="text-xs text-muted tabular-nums">
                {formatCount(sample.modules)}
                <span className="sr-only"> modules</span>
              </span>
            </button>
          </li>
        ))}
        {left > 0 && (
          <li>
            <button
              type="button"
              onClick={() => setAll(true)}
              className="flex h-8 items-center rounded px-2.5 text-muted hover:bg-hover hover:text-text"
            >
              {formatQuantity(left, 'more sample')}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
