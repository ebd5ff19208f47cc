import type { DerivedState } from '../../../store/derived-store.ts';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { useDerived } from '../../shared/use-app.ts';
import { wordSeconds } from '../../../core/text/word-seconds.ts';

const selectProblem = (state: DerivedState) => state.searchProblem;

/** The fault of the search pattern; the matches of the previous pattern stay until then. */
export function SearchProblemLine() {
  const problem = useDerived(selectProblem);
  if (problem === null) return null;
  const isInvalid = problem.type === 'invalid';
  return (
    <p role="alert" className="flex items-start gap-1.5 px-3 pb-1 text-xs">
      <SeverityIcon severity={isInvalid ? 'refused' : 'silent'} />
      {isInvalid
        ? `${problem.error.type}: ${problem.error.message}`
        : `Python would hang on this for ${wordSeconds(problem.seconds)}.`}
    </p>
  );
}
