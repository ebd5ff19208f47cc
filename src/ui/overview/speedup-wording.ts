import { formatBytes } from '../../core/text/format-bytes.ts';
import type { SpeedupView } from '../../core/checks/speedup-view.ts';
import { formatLarge } from '../shared/format.ts';

type Forecast = Extract<SpeedupView, { readonly type: 'forecast' }>;

/** One figure before and after. */
export interface SpeedupFigure {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** `−49 %`, or a range. */
  readonly change: string;
}

const bytesOfFloat = 4;

/** Parameters, multiply-adds and size, before and after ModelSpeedup. */
export function speedupFigures({ paramsBefore, params, macsBefore, macs, hasModel }: Forecast): readonly SpeedupFigure[] {
  if (!hasModel) return [];
  const known = paramsBefore !== null && params !== null;
  return [
    ...(known ? [figure('Parameters', paramsBefore, params, formatLarge)] : []),
    figure('Multiply-adds', macsBefore, macs, formatLarge),
    ...(known ? [figure('Size (float32)', paramsBefore * bytesOfFloat, [params[0] * bytesOfFloat, params[1] * bytesOfFloat], formatBytes)] : []),
  ];
}

function figure(name: string, before: number, [least, most]: readonly [number, number], format: (value: number) => string): SpeedupFigure {
  return {
    name,
    before: format(before),
    after: joinRange(format(least), format(most), ' – '),
    change: joinRange(wordChange(before, most), wordChange(before, least), ' to '),
  };
}

/** `−49 %`; below one percent `−0.4 %`, and smaller ones in words, so that a change is never shown as none. */
function wordChange(before: number, after: number): string {
  if (before === after || before === 0) return '0 %';
  const percent = (1 - after / before) * 100;
  if (percent >= 0.95) return `−${Math.round(percent)} %`;
  return percent < 0.05 ? 'under 0.1 %' : `−${percent.toFixed(1)} %`;
}

/** `4.18 M`, `5.78 M` → `4.18 – 5.78 M`: a unit that both have is written once. */
function joinRange(low: string, high: string, between: string): string {
  if (low === high) return low;
  const unit = /(?<=\d) \D+$/.exec(high)?.[0] ?? '';
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}${between}${high}`;
}

/** How sure the figures are, and why. */
export function describeSureness({ isExact, notFollowed, error, mayFail, recordedBy, isCodeUnchecked }: Forecast): string {
  if (isExact && isCodeUnchecked) {
    return 'Exact as far as the file tells: an older exporter wrote it, and did not look for code that ModelSpeedup does not take (a lambda, a branch on self.training). Export the model again to be sure.';
  }
  if (isExact) return 'Exact: the groups of the list decide which channels go, so no weights are needed.';
  if (error?.stage === 'trace') return 'Not known: torch.jit.trace does not trace the model, so the file has no data flow. ModelSpeedup traces it by itself.';
  const [first, ...others] = notFollowed;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `Not exact: Espalier does not follow ModelSpeedup at ${first}${more}. It can leave other shapes, or fail.`;
  }
  if (recordedBy !== '') return `Not exact: ${recordedBy} recorded the data flow, and ModelSpeedup traces the model itself.`;
  if (mayFail) return 'Not exact: for some choices of the weights ModelSpeedup fails. The numbers are of choices for which it does not.';
  const hint = error === null ? ' Set dependency groups makes it exact where layers are tied.' : '';
  return `A range: which channels go depends on the weights, and tied layers keep every channel that any of them keeps.${hint}`;
}

/** The failure in a sentence, as certain as it is; null when nothing fails. `nameOf` returns the name of a row. */
export function describeSpeedupError({ error, isExact }: Forecast, nameOf: (row: number) => string): string | null {
  if (error === null) return null;
  const where = error.module < 0 ? '' : ` at ${nameOf(error.module)}`;
  switch (error.stage) {
    case 'trace':
      return `torch.jit.trace raises ${error.type}, so NNI cannot set dependency groups.`;
    case 'speedup':
      return `ModelSpeedup ${isExact ? 'raises' : 'may raise'} ${error.type}${where}.`;
    case 'forward':
      return `The small model ${isExact ? 'does not run' : 'may not run'}: ${error.type}${where}.`;
  }
}

/** What the figures hold for. `input` is the recorded input in words. */
export function describeInput(input: string): string {
  return `Counted for the input of the file, ${input}. Another batch or size changes the multiply-adds; an input that takes another branch of the code can change the rest.`;
}
