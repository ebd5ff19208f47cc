import { useState } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { ListText } from '../../store/view-store.ts';
import { useRests } from '../sub-configs/card/use-settled.ts';
import { useView } from '../shared/use-app.ts';

type TextError = NonNullable<ListText['problem']>;

/**
 * The error in the JSON text of a mode, as every place of the page reports it; `null` where the text is valid. A text is broken
 * between any two keys: an error is new only once typing rests, and the one that was reported stays until the text is valid.
 */
export function useTextError(mode: Mode): TextError | null {
  const found = useView((state) => state.listTexts[mode]?.problem ?? null);
  const rests = useRests(useView((state) => state.listTexts[mode]?.text ?? ''));
  const [reported, setReported] = useState<{ readonly mode: Mode; readonly error: TextError | null }>({ mode, error: null });
  const before = reported.mode === mode ? reported.error : null;
  const error = found !== null && rests ? found : found && before;
  if (reported.mode !== mode || error !== reported.error) setReported({ mode, error });
  return error;
}
