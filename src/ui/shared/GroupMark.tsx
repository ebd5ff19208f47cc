import { groupLetters } from './groups.ts';

/** The mark of a group of targets: round, lettered and without a colour, where a sub-config's is square, numbered and coloured. */
export function GroupMark({ index, hint }: { readonly index: number; readonly hint: string }) {
  return (
    <span
      aria-hidden="true"
      title={hint}
      className="inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full border border-line-strong px-0.5 font-mono text-[10px] leading-none font-semibold text-text"
    >
      {groupLetters(index)}
    </span>
  );
}
