import type { ReactNode } from 'react';

/** A fact about something with a name, in a list: names stand below each other, and so do the facts. */
export function NamedFact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <li className="flex flex-wrap gap-x-2">
      <span className="min-w-[7.5rem] font-mono text-xs leading-5 text-text">{name}</span>{' '}
      <span className="min-w-0">{children}</span>
    </li>
  );
}
