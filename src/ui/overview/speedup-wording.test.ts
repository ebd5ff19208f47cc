import { expect, test } from 'vitest';
import type { SpeedupView } from '../../core/checks/speedup-view.ts';
import { describeSpeedupError, describeSureness, speedupFigures } from './speedup-wording.ts';

const forecast: Extract<SpeedupView, { type: 'forecast' }> = {
  type: 'forecast', isExact: true, notFollowed: [], paramsBefore: 11_689_512, params: [3_000_000, 3_000_000], macsBefore: 1_814_073_344, macs: [500_000_000, 500_000_000],
  error: null, mayFail: false, recordedBy: '', isCodeUnchecked: false, hasModel: true, modules: new Map(),
};

test('G24: figures say what is before and after, and a range where weights decide', () => {
  expect(speedupFigures(forecast)).toEqual([
    { name: 'Parameters', before: '11.7 M', after: '3 M', change: '−74 %' },
    { name: 'Multiply-adds', before: '1.81 B', after: '500 M', change: '−72 %' },
    { name: 'Size (float32)', before: '46.8 MB', after: '12 MB', change: '−74 %' },
  ]);
  const range = { ...forecast, isExact: false, params: [3_000_000, 6_000_000] as const };
  expect(speedupFigures(range)[0]).toEqual({ name: 'Parameters', before: '11.7 M', after: '3 – 6 M', change: '−49 to −74 %' });
  expect([describeSureness(forecast).slice(0, 6), describeSureness(range).slice(0, 8)]).toEqual(['Exact:', 'A range:']);
  expect(describeSureness({ ...forecast, isCodeUnchecked: true })).toMatch(/^Exact as far as the file tells: an older exporter .* Export the model again/);
  expect(describeSureness({ ...range, isCodeUnchecked: true })).toBe(describeSureness(range));
  expect(describeSureness({ ...range, notFollowed: ['aten::mul in norm', 'aten::einsum in attn'] })).toMatch(/^Not exact: .* at aten::mul in norm and 1 more\./);
  expect(describeSureness({ ...range, mayFail: true })).toMatch(/^Not exact: for some choices of the weights ModelSpeedup fails\./);
  expect(describeSureness({ ...range, recordedBy: 'torch.export 2.13.0' })).toBe('Not exact: torch.export 2.13.0 recorded the data flow, and ModelSpeedup traces the model itself.');
});

test('G24: a small change is not shown as none', () => {
  const changes = [1_814_073_344, 1_807_000_000, 1_814_000_000].map((macs) => speedupFigures({ ...forecast, macs: [macs, macs] })[1]?.change);
  expect(changes).toEqual(['0 %', '−0.4 %', 'under 0.1 %']);
});

test('G23b: a failure is named with its stage, and as certain as it is', () => {
  const failed = { ...forecast, hasModel: false, error: { stage: 'speedup', type: 'EmptyLayerError', message: '', module: 3 } as const };
  expect([describeSpeedupError(failed, String), describeSpeedupError(forecast, String)]).toEqual(['ModelSpeedup raises EmptyLayerError at 3.', null]);
  expect(speedupFigures(failed)).toEqual([]);
  expect(describeSpeedupError({ ...failed, isExact: false }, String)).toBe('ModelSpeedup may raise EmptyLayerError at 3.');
  const stopped = { ...forecast, error: { stage: 'forward', type: 'RuntimeError', message: '', module: 3 } as const };
  expect(describeSpeedupError(stopped, String)).toBe('The small model does not run: RuntimeError at 3.');
  expect(describeSpeedupError({ ...stopped, isExact: false }, String)).toBe('The small model may not run: RuntimeError at 3.');
});
