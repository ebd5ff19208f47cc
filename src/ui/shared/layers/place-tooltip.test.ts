import { expect, test } from 'vitest';
import { placeTooltip } from './place-tooltip.ts';

const within = { width: 1000, height: 600 };
const size = { width: 100, height: 24 };
test.each([
  ['below, centred', { left: 400, top: 100, width: 40, height: 28 }, { left: 370, top: 134 }],
  ['above at the bottom', { left: 400, top: 570, width: 40, height: 28 }, { left: 370, top: 540 }],
  ['within the left edge', { left: 0, top: 100, width: 20, height: 28 }, { left: 8, top: 134 }],
  ['within the right edge', { left: 980, top: 100, width: 20, height: 28 }, { left: 892, top: 134 }],
])('%s', (_where, owner, place) => expect(placeTooltip(owner, size, within)).toEqual(place));
