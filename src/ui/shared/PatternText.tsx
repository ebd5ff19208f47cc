import { useMemo } from 'react';
import { tokenizePattern, type PatternTokenKind } from '../../core/python-re/pattern-tokens.ts';

const looks: Readonly<Record<PatternTokenKind, string | undefined>> = {
  text: undefined,
  escape: 'text-syntax-escape',
  class: 'text-syntax-class',
  repeat: 'text-syntax-repeat',
  group: 'text-syntax-group',
  anchor: 'text-syntax-repeat',
};

/** A pattern in its colours. */
export function PatternText({ pattern }: { readonly pattern: string }) {
  const tokens = useMemo(() => tokenizePattern(pattern), [pattern]);
  return tokens.map(({ kind, text }, at) => (
    // Pieces have no identity but their place.
    <span key={at} className={looks[kind]}>
      {text}
    </span>
  ));
}
