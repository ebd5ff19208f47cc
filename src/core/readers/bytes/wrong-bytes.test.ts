import { describe, expect, test } from 'vitest';
import { describeTree } from '../../testing/describe-tree.ts';
import { describeNote } from '../messages/note-wording.ts';
import { readTree } from '../read-tree.ts';

/** Text in which `«…»` means bytes that are no UTF-8. */
function read(text: string) {
  const bytes = [...text.matchAll(/«([\da-f ]+)»|[^«]+/g)].flatMap(([part, codes]) =>
    codes === undefined ? [...Buffer.from(part)] : codes.split(' ').map((code) => Number.parseInt(code, 16)),
  );
  const result = readTree({ name: 'log.txt', bytes: Uint8Array.from(bytes) });
  if (!result.ok) return result.error.code;
  return { rows: describeTree(result.value), notes: result.value.notes.filter(({ type }) => type === 'wrong-characters').map(describeNote) };
}

const linear = 'Linear(in_features=2, out_features=2, bias=False)';

describe('T1e a text with a few bytes that are no UTF-8', () => {
  test('beside the model and in a remark: read, and noted with the lines', () => {
    expect(read(`gr«fc df»e dich\nNet(\n  (fc): ${linear}  # «d6 d0»\n)\n`)).toEqual({
      rows: [' Net', 'fc Linear weight[2,2] bias=None'],
      notes: ['4 characters are not UTF-8 (lines 1, 3); none of them is in a name or type.'],
    });
  });
  test('in a list of parameters, below a line of a progress bar', () => {
    expect(read('100%|«b0»| 1/1\na.fc.weight torch.Size([2, 2])\na.fc.bias torch.Size([2])\n')).toMatchObject({
      rows: [' ?', 'a ?', 'a.fc ? weight[2,2] bias[2]'],
      notes: ['One character is not UTF-8 (line 1); none of them is in a name or type.'],
    });
  });
  test.each([
    ['in a name', `Net(\n  (f«fc»): ${linear}\n)`],
    ['in a type', 'Net(\n  (f): Gr«f6»n()\n)'],
    ['in the name of a tensor', '["a.we«e9»ght", "a.bias"]'],
    ['in a text without a model', 'caf«e9» au lait'],
    ['too many', `Net(\n  (f): ReLU()\n)\n«${'ff '.repeat(40).trim()}»`],
    ['beside control characters', `Net(\n  (f): ReLU()\n)\n«ff 01»`],
  ])('%s: refused', (_title, text) => {
    expect(read(text)).toBe('not-utf8');
  });
});
