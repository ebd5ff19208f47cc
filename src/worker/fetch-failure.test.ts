import { expect, it } from 'vitest';
import { failureOf } from './fetch-failure.ts';

it.each([
  'Failed to fetch dynamically imported module: http://localhost/assets/overview.js',
  'error loading dynamically imported module: http://localhost/assets/overview.js',
  'Importing a module script failed.',
])('takes code that could not be fetched for no crash: %s', (message) => {
  expect(failureOf(new TypeError(message))).toEqual({ type: 'not-fetched', reason: message });
});

it('takes everything else for a crash', () => {
  expect(failureOf(new RangeError('Maximum call stack size exceeded'))).toEqual({ type: 'crashed', message: 'Maximum call stack size exceeded' });
  expect(failureOf('thrown text')).toEqual({ type: 'crashed', message: 'thrown text' });
});
