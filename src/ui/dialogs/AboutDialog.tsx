import changes from '../../../CHANGELOG.md?raw';
import licence from '../../../LICENSE?raw';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { Logo } from '../shared/Logo.tsx';
import { useActions } from '../shared/use-app.ts';
import { readChanges } from './read-changes.ts';

/** Version, its meaning, its changes, and links to help and source. */
export function AboutDialog() {
  const { setView } = useActions();
  const [latest] = readChanges(changes);
  return (
    <Dialog title="About Espalier" onClose={() => setView({ dialog: null })}>
      <div className="flex flex-col gap-3">
        <p className="flex items-center gap-3">
          <Logo className="size-8" />
          <span>
            <span className="block font-semibold">Espalier {latest?.version}</span>
            <span className="text-muted">Shows what NNI 3.0 does with a config list, before anything runs. Your model stays in this browser.</span>
          </span>
        </p>
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <li>
            <a href="https://nni.readthedocs.io/en/stable/compression/overview.html" target="_blank" rel="noreferrer" className="underline">
              NNI’s own pages on compression
            </a>
          </li>
          <li>
            Help:{' '}
            <button type="button" className="underline" onClick={() => setView({ dialog: 'shortcuts' })}>
              keyboard shortcuts
            </button>
            , the tour in the menu, and pages on every subject in <code className="font-mono text-code">docs/</code>.
          </li>
          <li>
            Source: <code className="font-mono text-code">src/</code> of the repository that this page was built from. MIT licence.
          </li>
        </ul>
        {latest && (
          <details>
            <summary className="cursor-pointer font-medium">What is new in {latest.version}</summary>
            {latest.sections.map(({ title, items }) => (
              <section key={title} aria-label={title} className="mt-2">
                <h3 className="font-semibold">{title}</h3>
                <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
                  {items.map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              </section>
            ))}
          </details>
        )}
        <details>
          <summary className="cursor-pointer font-medium">Licence</summary>
          <p className="mt-2 text-xs whitespace-pre-wrap text-muted">{licence}</p>
        </details>
      </div>
    </Dialog>
  );
}
