import type { TreeRole } from '../../worker/protocol.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { useActions, useSamples } from '../shared/use-app.ts';

/** The models that come with the app. */
export function SampleList({ role, onOpened }: { readonly role: TreeRole; readonly onOpened?: () => void }) {
  const samples = useSamples();
  const { openSample } = useActions();
  return (
    <section aria-label="Samples">
      <h2 className="mb-1.5 text-base font-semibold">Or try a sample</h2>
      <ul className="flex flex-wrap gap-1.5">
        {samples.map((sample) => (
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
      </ul>
    </section>
  );
}
