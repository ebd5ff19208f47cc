import type { Mode } from '../../core/config/mode.ts';
import type { EngineCalls } from '../../worker/protocol.ts';
import {
  wordConsequence,
  wordForeignKeys,
  wordImportChanges,
  wordImportError,
  wordOrigins,
  wordRemark,
  wordPlanned,
  type ListCounts,
} from './import-wording.ts';

/** The kind of a text and the effect of its import, or the fault in it. */
export function ImportResult({ read, mode, replacing, counts }: {
  readonly read: EngineCalls['read-import']['reply'] | null;
  readonly mode: Mode;
  readonly replacing: boolean;
  readonly counts: ListCounts;
}) {
  if (!read) {
    return (
      <p className="text-muted">
        Paste the list, or drop or choose the file that holds it: JSON, YAML, Python source, or a plan. Espalier works out the lists that a script
        makes and runs nothing.
      </p>
    );
  }
  if (!read.ok) {
    return (
      <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
        {wordImportError(read.error)}
      </p>
    );
  }
  if (read.value.type === 'plan') return <p role="status">A plan: it opens as one of its own, and the present one stays among your plans.</p>;
  const { list, changes, holes, remarks, origins, call, planned } = read.value;
  const from = wordOrigins(origins, call);
  const foreign = list && wordForeignKeys(list, mode);
  const runs = planned && planned.algorithm.mode === mode && (replacing || counts.on + counts.off === 0) ? [wordPlanned(planned)] : [];
  const notes = [...runs, ...(foreign === null ? [] : [foreign]), ...remarks.map(wordRemark)];
  return (
    <div role="status">
      {list ? (
        <p>
          {wordConsequence(list.length, mode, replacing, counts)}
          {changes.length > 0 && ' It is a list of NNI 2.x and is translated:'}
        </p>
      ) : (
        <p>
          The script leaves {holes.length === 1 ? 'one value' : `${holes.length} values`} open. Fill {holes.length === 1 ? 'it' : 'them'} in to
          import the list.
        </p>
      )}
      {from !== null && <p className="text-xs text-muted">{from}</p>}
      <ul className="list-disc pl-5 text-muted">
        {[...wordImportChanges(changes), ...notes].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
