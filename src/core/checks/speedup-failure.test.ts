import { expect, test } from 'vitest';
import { createResolver } from '../resolve/resolver.ts';
import { readGraphModel } from '../testing/graph-vectors.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { forecastFailure, forecastList } from './speedup-of-list.ts';

test('G24: an error of some choices of rows is named where the first choice has none, and is not certain', () => {
  const resolver = createResolver(readGraphModel('regnet_y_400mf'));
  const list = parseList('[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const resolution = resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
  const found = forecastFailure(resolution, resolver);
  expect([found?.error.type, found?.error.stage, found?.isSure]).toEqual(['UnBalancedGroupError', 'speedup', false]);
  const whole = forecastList(resolution, resolver);
  expect(whole?.type === 'forecast' && [whole.forecast.error, whole.mayFail, whole.otherError]).toEqual([null, true, found?.error]);
});
