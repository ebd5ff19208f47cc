import { useMemo } from 'react';
import { tokenizePython, type PythonTokenKind } from './python-tokens.ts';

/** Beyond this, in characters, the source is shown plain: a span for each token would make the page slow. */
const mostHighlighted = 200_000;

const looks: Readonly<Record<PythonTokenKind, string | undefined>> = {
  plain: undefined,
  key: 'text-syntax-key',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  constant: 'text-syntax-number',
  keyword: 'text-syntax-repeat',
  comment: 'text-faint italic',
  punctuation: 'text-muted',
};

/** Python source in its colours. */
export function PythonText({ source }: { readonly source: string }) {
  const tokens = useMemo(() => (source.length > mostHighlighted ? null : tokenizePython(source)), [source]);
  if (!tokens) return source;
  return tokens.map(({ kind, text }, at) => (
    <span key={at} className={looks[kind]}>
      {text}
    </span>
  ));
}
