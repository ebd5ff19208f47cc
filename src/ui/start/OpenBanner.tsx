import type { ViewState } from '../../store/view-store.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useView } from '../shared/use-app.ts';
import { LateOpenProblem } from './LateOpenProblem.tsx';
import { TroubleLine } from './TroubleLine.tsx';
import { OpenProgress } from './OpenProgress.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const SourceLacks = lazyPart(async () => (await import('./SourceLacks.tsx')).SourceLacks);

const ModelChanged = lazyPart(async () => (await import('./ModelChanged.tsx')).ModelChanged);

const selectDialog = (state: ViewState) => state.dialog;

/** Messages about opening a model while another is open: progress, a failure, facts that the source lacks. */
export function OpenBanner() {
  const dialog = useView(selectDialog);
  return (
    <>
      {dialog !== 'open-model' && dialog !== 'complete-model' && (
        <div className="px-3 empty:hidden [&>*]:my-2">
          <OpenProgress role="student" />
          <LateOpenProblem role="student" />
        </div>
      )}
      <TroubleLine />
      <LatePart part="The notice about lost modules">
        <ModelChanged />
      </LatePart>
      <LatePart part="The notice about gaps of the file">
        <SourceLacks />
      </LatePart>
    </>
  );
}
