import { useMemo } from 'react';

/** Of a longer text, in characters, only the beginning has colours: a span for each token would make the page slow. */
const mostHighlighted = 200_000;
const beginning = 40_000;

const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([[\]{},]+)/g;

/** JSON in its colours. */
export function JsonText({ text }: { readonly text: string }) {
  const end = text.length > mostHighlighted ? beginning : text.length;
  const parts = useMemo(() => cut(text.slice(0, end)), [text, end]);
  return (
    <>
      {parts.map(({ look, piece }, at) => (
        <span key={at} className={look}>
          {piece}
        </span>
      ))}
      {text.slice(end)}
    </>
  );
}

interface Piece {
  readonly look: string | undefined;
  readonly piece: string;
}

function cut(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number, word] = match;
    if (match.index > done) pieces.push({ look: undefined, piece: text.slice(done, match.index) });
    if (string !== undefined) {
      pieces.push({ look: colon === undefined ? 'text-syntax-string' : 'text-syntax-key', piece: string });
      if (colon !== undefined) pieces.push({ look: 'text-muted', piece: colon });
    } else pieces.push({ look: number !== undefined || word !== undefined ? 'text-syntax-number' : 'text-muted', piece: whole });
    done = match.index + whole.length;
  }
  pieces.push({ look: undefined, piece: text.slice(done) });
  return pieces;
}
