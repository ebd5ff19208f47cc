import { expect, test } from 'vitest';
import { commonStart } from './common-start.ts';

test.each([
  [['bert.encoder.layer.0.output.dense', 'bert.encoder.layer.1.output.dense', 'bert.encoder.layer.0.intermediate.dense'], 'bert.encoder.layer.'],
  [['a.b.c', 'a.b.c'], 'a.b.'],
  [['layer1.conv', 'layer10.conv'], ''],
  [['a.b', 'a'], ''],
  [['a.b.c', 'a.b'], 'a.'],
  [['a.b.c'], ''],
  [[], ''],
])('the common start of %j is %j', (names, start) => {
  expect(commonStart(names)).toBe(start);
});
