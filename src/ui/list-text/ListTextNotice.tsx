import type { Mode } from '../../core/config/mode.ts';
import { Button } from '../shared/Button.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useView } from '../shared/use-app.ts';
import { useTextError } from '../verdict/use-text-error.ts';

export interface ListTextNoticeProps {
  readonly mode: Mode;
  readonly onShow: () => void;
  readonly onDiscard: () => void;
}

/** Shows the fault of the text, and says that the last valid list stays in force. */
export function ListTextNotice({ mode, onShow, onDiscard }: ListTextNoticeProps) {
  const problem = useTextError(mode);
  const overtaken = useView((state) => state.listTexts[mode]?.overtaken ?? false);
  return (
    <div role="status" aria-label="State of the text">
      {problem && (
        <div className="flex flex-wrap items-center justify-end gap-x-2 border-t border-line px-3 py-1 text-xs" title={`${problem.message} ${problem.remedy}`}>
          <p className="flex min-w-0 grow basis-80 items-center gap-2">
            <SeverityIcon severity="refused" named={false} />
            <span className="line-clamp-3 min-w-0 wrap-anywhere">
              {problem.type === 'syntax' ? 'The text is not valid JSON yet' : 'The text is not a config list yet'}: line{' '}
              {problem.line}, column {problem.column}: {problem.message} {problem.remedy}
            </span>
            <span className="sr-only">
              {overtaken
                ? ' The list has changed elsewhere since then and stays in force. This text replaces it once it is valid.'
                : ' The last good list stays in force.'}
            </span>
          </p>
          {overtaken && <span className="text-silent">changed elsewhere</span>}
          <span className="flex flex-wrap justify-end">
            <Button kind="plain" size="small" onClick={onShow}>
              Show the place
            </Button>
            <Button kind="plain" size="small" onClick={onDiscard}>
              Back to the list in force
            </Button>
          </span>
        </div>
      )}
    </div>
  );
}
