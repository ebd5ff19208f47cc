import { useMemo } from 'react';
import { exportedList } from '../../core/plan/export-list.ts';
import { writePythonList } from '../../core/config/python-writer.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useSubConfigs, useView } from '../shared/use-app.ts';
import { CopyButton } from '../shared/CopyButton.tsx';
import { PythonText } from './PythonText.tsx';

const selectTextIsBroken = (state: ViewState) => state.listTexts[state.mode]?.problem != null;

/** The list in force as Python source, to read and to copy. */
export function PythonView() {
  const subConfigs = useSubConfigs();
  const broken = useView(selectTextIsBroken);
  const source = useMemo(() => writePythonList(exportedList(subConfigs)), [subConfigs]);
  return (
    <>
      {broken && (
        <p role="status" className="shrink-0 border-b border-line bg-refused-soft px-3 py-1.5">
          The JSON text is broken at the moment; this is the list in force.
        </p>
      )}
      <section
        tabIndex={0}
        aria-label="Config list as Python"
        className="min-h-0 flex-1 overflow-auto p-3 font-mono select-text focus-visible:-outline-offset-2"
      >
        <pre className="font-[inherit] leading-5">
          <PythonText source={source} />
        </pre>
      </section>
      <div className="flex shrink-0 items-center gap-2 border-t border-line px-2 py-1 text-xs text-faint">
        <span className="flex-1 px-1">Python writes tuples in fuse_names, which JSON has none of.</span>
        <CopyButton label="Copy the Python source" text={() => source} />
      </div>
    </>
  );
}
