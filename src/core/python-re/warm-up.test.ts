import { expect, test } from 'vitest';
import { warmUp } from './warm-up.ts';

test('P20: the warm-up comes in steps and ends', () => {
  expect([...warmUp()].length).toBeGreaterThan(3);
});
