import type { PbfReader } from 'pbf';

/** A message that is not as long as it says. */
export class CutMessage extends Error {}

/**
 * Calls `take` for each field of the message that ends at `end`, with the end of its content for fields that
 * have a length (the reader is then before that length). Unread bytes are skipped.
 */
export function eachField(pbf: PbfReader, end: number, take: (field: number, contentEnd: number | null) => void): void {
  while (pbf.pos < end) {
    const field = pbf.nextField(end);
    if (field === 0) break;
    const before = pbf.pos;
    let contentEnd: number | null = null;
    if (pbf.type === 2) {
      contentEnd = pbf.readVarint() + pbf.pos;
      if (contentEnd > end) throw new CutMessage('a length points past the end of the file');
      pbf.pos = before;
      take(field, contentEnd);
      pbf.pos = contentEnd;
    } else {
      take(field, null);
      if (pbf.pos === before) pbf.skip(pbf.type);
    }
    if (pbf.pos > end || pbf.pos <= before) throw new CutMessage('a value is cut off');
  }
}

/** Moves past the length of a message, and decodes it. */
export function within<Value>(pbf: PbfReader, end: number, decode: (pbf: PbfReader, end: number) => Value): Value {
  pbf.readVarint();
  return decode(pbf, end);
}

/** More elements than any list of sizes has. */
export const mostValues = 64;

/** Whole numbers of a field, packed or one of several; the rest is skipped once `into` has `mostValues`. */
export function readNumbers(pbf: PbfReader, end: number | null, into: number[]): void {
  if (end === null) {
    if (into.length < mostValues) into.push(pbf.readVarint(true));
    return;
  }
  pbf.readVarint();
  while (pbf.pos < end && into.length < mostValues) into.push(pbf.readVarint(true));
}

/** Name, sizes and number of the element type of a tensor (TensorProto). */
export interface TensorHead {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
}

/** Decodes the head of a tensor; its other fields go to `takeRest`. */
export function decodeTensorHead(
  pbf: PbfReader,
  tensorEnd: number,
  takeRest: (field: number, contentEnd: number | null) => void = () => undefined,
): TensorHead {
  const dims: number[] = [];
  let dataType = 0;
  let name = '';
  eachField(pbf, tensorEnd, (field, end) => {
    if (field === 1) readNumbers(pbf, end, dims);
    else if (field === 2 && end === null) dataType = pbf.readVarint();
    else if (field === 8 && end !== null) name = pbf.readString();
    else takeRest(field, end);
  });
  return { name, dims, dataType };
}
