import { expect, test } from 'vitest';
import { visibleName } from './visible-name.ts';

test.each([
  ['layer1.0.conv1', 'layer1.0.conv1'],
  ['größe 层 ſ 🙂', 'größe 层 ſ 🙂'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['x\u202eyz', 'x\\u202eyz'],
  ['a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
  ['\ud800x\udc00', '\\ud800x\\udc00'],
  ['<b>', '<b>'],
  ['', ''],
])('T19 %j is shown as %j', (name, shown) => {
  expect(visibleName(name)).toBe(shown);
});
