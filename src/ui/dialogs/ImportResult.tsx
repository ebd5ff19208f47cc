import type { readImport } from '../../core/config/import-list.ts';
import type { Mode } from '../../core/config/mode.ts';
import {
  wordConsequence,
  wordForeignKeys,
  wordImportChange,
  wordImportError,
  type ListCounts,
} from './import-wording.ts';

/** What a text is and what its import will do, or what is wrong with it. */
export function ImportResult({ read, mode, replacing, counts }: {
  readonly read: ReturnType<typeof readImport> | null;
  readonly mode: Mode;
  readonly replacing: boolean;
  readonly counts: ListCounts;
}) {
  if (!read) return <p className="text-muted">Paste the list, or drop or choose the file that holds it: JSON, Python source, or a plan. Nothing in it is run.</p>;
  if (!read.ok) {
    return (
      <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
        {wordImportError(read.error)}
      </p>
    );
  }
  if (read.value.type === 'plan') return <p role="status">A plan: it opens as one of its own, and the present one stays among your plans.</p>;
  const { list, changes, changedInLines, unread } = read.value;
  const notes = [
    wordForeignKeys(list, mode),
    changedInLines.length > 0 ? `Line ${changedInLines.join(', ')} changes the list further; that is not read.` : null,
    ...unread.map(({ name, line }) => `${name === '' ? 'The list' : name} in line ${line} holds more than literals and is not read.`),
  ].filter((note) => note !== null);
  return (
    <div role="status">
      <p>
        {wordConsequence(list.length, mode, replacing, counts)}
        {changes.length > 0 && ' It is a list of NNI 2.x and is translated:'}
      </p>
      <ul className="list-disc pl-5 text-muted">
        {changes.map((change) => (
          <li key={`${change.type} ${change.subConfig}`}>{wordImportChange(change)}</li>
        ))}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
