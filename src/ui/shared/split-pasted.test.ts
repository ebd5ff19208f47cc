import { expect, test } from 'vitest';
import { splitPasted } from './split-pasted.ts';

test('pasted lines become entries, without quotes, commas and empty lines', () => {
  expect(splitPasted('layer1\r\n\n  "layer2",\n\'layer3\'\n')).toEqual(['layer1', 'layer2', 'layer3']);
});
