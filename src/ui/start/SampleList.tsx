import type { TreeRole } from '../../worker/protocol.ts';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useSamples } from '../shared/use-app.ts';

/** The models that come with the app. */
export function SampleList({ role, onOpened }: { readonly role: TreeRole; readonly onOpened?: () => void }) {
  const samples = useSamples();
  const { openSample } = useActions();
  return (
    <section aria-label="Samples">
      <h2 className="mb-1.5 font-medium">Or try a sample</h2>
      <ul className="grid grid-cols-2 gap-1.5 min-[900px]:grid-cols-3">
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              onClick={async () => {
                if (await openSample(sample, role)) onOpened?.();
              }}
              className="flex h-full w-full flex-col rounded-md border border-line px-3 py-2 text-left hover:bg-hover"
            >
              <span className="flex w-full justify-between gap-2">
                <span className="font-medium">{sample.title}</span>
                <span className="shrink-0 text-xs leading-5 text-faint">{formatQuantity(sample.modules, 'module')}</span>
              </span>
              <span className="text-xs text-muted">{sample.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
