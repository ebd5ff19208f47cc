import { expect, test } from 'vitest';
import { objectOf } from '../../../core/config/value.ts';
import type { SearchKind } from '../../../worker/protocol.ts';
import { searchSelectors } from './search-selectors.ts';

test.each<[string, SearchKind, string | null, string | null]>([
  ['layer1', 'match', null, 'layer1'],
  ['conv$', 'search', null, '.*(?:conv$)'],
  ['a|b', 'fullmatch', null, '(?:a|b)\\Z'],
  ['0.conv', 'text', null, '(?i:.*0\\.conv)'],
])('%s by %s becomes a pattern', (text, by, type, pattern) => {
  expect(searchSelectors(text, by, type)).toEqual(objectOf([['op_names_re', [pattern]]]));
});

test('a type becomes op_types, and nothing becomes nothing', () => {
  expect(searchSelectors('fc', 'match', 'Linear')).toEqual(objectOf([['op_names_re', ['fc']], ['op_types', ['Linear']]]));
  expect(searchSelectors('', 'text', 'Linear')).toEqual(objectOf([['op_types', ['Linear']]]));
  expect(searchSelectors('', 'text', null)).toBeNull();
});
