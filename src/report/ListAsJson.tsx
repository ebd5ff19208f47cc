import { writeJson } from '../core/config/json-writer.ts';
import { exportedList } from '../core/plan/export-list.ts';
import { JsonText } from '../ui/list-text/JsonText.tsx';
import { useSubConfigs } from '../ui/shared/use-app.ts';

/** The list as NNI gets it. */
export function ListAsJson() {
  const subConfigs = useSubConfigs();
  return (
    <section tabIndex={0} aria-label="Config list as JSON" className="min-h-0 flex-1 overflow-auto p-3 select-text focus-visible:-outline-offset-2">
      <pre className="font-mono text-xs leading-5">
        <JsonText text={writeJson(exportedList(subConfigs))} />
      </pre>
    </section>
  );
}
