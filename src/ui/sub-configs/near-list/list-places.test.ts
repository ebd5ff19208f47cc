import { expect, test } from 'vitest';
import { placesOf } from './list-places.ts';

const ids = Array.from({ length: 100 }, (_, at) => `s${at}`);
const height = (id: string) => (id === 's1' ? 50 : 100);
const none = () => false;
const short = (drawn: readonly string[], divided: readonly string[] = []) =>
  placesOf(ids, (id) => drawn.includes(id), (block) => divided.includes(block), height).map((place) =>
    place.type === 'block' ? `block of ${place.count} at ${place.at}` : `${place.type} ${place.id}`,
  );

test('a list that is drawn whole has a card for each', () => {
  expect(placesOf(ids, () => true, none, height).map((place) => place.type === 'card' && place.id)).toEqual(ids);
});

test('a block without a card that is drawn is one item, as high as its cards with the gaps between them', () => {
  expect(short([])).toEqual(['block of 40 at 0', 'block of 40 at 40', 'block of 20 at 80']);
  expect(placesOf(ids, none, none, height)[0]).toEqual({ type: 'block', block: 'block 0', at: 0, count: 40, height: 3950 + 39 * 8 });
});

test('a block with a card that is drawn, or that has come near, has an item for each', () => {
  const drawn = short(['s81'], ['block 40']);
  expect(drawn[0]).toBe('block of 40 at 0');
  expect(drawn.slice(1, 3)).toEqual(['space s40', 'space s41']);
  expect(drawn.slice(41, 44)).toEqual(['space s80', 'card s81', 'space s82']);
  expect(drawn).toHaveLength(61);
});
