import { useMemo } from 'react';

/** Beyond this, in characters, the text is shown plain: a span for each token would make the page slow. */
const mostHighlighted = 200_000;

const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([[\]{},]+)/g;

/** JSON in its colours. */
export function JsonText({ text }: { readonly text: string }) {
  const parts = useMemo(() => (text.length > mostHighlighted ? null : cut(text)), [text]);
  if (!parts) return text;
  return parts.map(({ look, piece }, at) => (
    <span key={at} className={look}>
      {piece}
    </span>
  ));
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
