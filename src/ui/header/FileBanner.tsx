import { TriangleAlert, X } from 'lucide-react';
import type { FileLinkState } from '../../store/file-link-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, useFileLink } from '../shared/use-app.ts';
import { wordFileProblem } from './word-file-problem.ts';

const selectProblem = (state: FileLinkState) => state.problem;
const selectName = (state: FileLinkState) => state.file?.name ?? 'the file';

/** The problem between the list and its file, and the ways out. */
export function FileBanner() {
  const problem = useFileLink(selectProblem);
  const name = useFileLink(selectName);
  const { settleFile, allowFile, dismissFileProblem } = useActions();
  if (!problem) return null;
  const { title, text } = wordFileProblem(problem, name);
  const isQuestion = problem.type === 'both-changed' || problem.type === 'not-allowed';
  return (
    <div
      role="alert"
      className={`flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1 ${isQuestion ? 'bg-later-soft' : 'bg-refused-soft'}`}
    >
      <TriangleAlert size={14} aria-hidden="true" className={`shrink-0 ${isQuestion ? 'text-later' : 'text-refused'}`} />
      <p className="min-w-0 flex-1 basis-60 break-words">
        <strong className="font-semibold">{title}</strong> {text}
      </p>
      {problem.type === 'both-changed' ? (
        <>
          <Button size="small" kind="primary" onClick={() => void settleFile('keep-mine')}>
            Keep mine
          </Button>
          <Button size="small" onClick={() => void settleFile('take-theirs')}>
            Take the file
          </Button>
          <Button size="small" onClick={() => void settleFile('compare')}>
            Compare
          </Button>
        </>
      ) : (
        <span className="flex items-center gap-2">
          {problem.type === 'not-allowed' && (
            <Button size="small" kind="primary" onClick={() => void allowFile()}>
              Follow the file
            </Button>
          )}
          {problem.type !== 'gone' && <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={dismissFileProblem} />}
        </span>
      )}
    </div>
  );
}
