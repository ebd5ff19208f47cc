import type { PbfReader } from 'pbf';

/** A message that is not as long as it says. */
export class CutMessage extends Error {}

/**
 * Calls `take` for each field of the message that ends at `end`, with the end of its content for fields that
 * have a length (the reader then stands before that length). Whatever is left unread is skipped.
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

/** Moves past the length of a message. */
export function enter(pbf: PbfReader): void {
  pbf.readVarint();
}
