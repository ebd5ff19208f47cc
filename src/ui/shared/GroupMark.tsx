import { groupLetters } from './groups.ts';
import { markColors } from './SubConfigMark.tsx';

/** Groups take the palette from its middle, so that the first of them differ from the first sub-configs. */
const firstColor = 4;

/** The mark of a group of targets: round and lettered, where a sub-config's is square and numbered. */
export function GroupMark({ index, hint }: { readonly index: number; readonly hint: string }) {
  return (
    <span
      aria-hidden="true"
      title={hint}
      style={{ borderColor: `var(--mark-${(firstColor + index) % markColors})` }}
      className="inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full border-2 px-0.5 font-mono text-[10px] leading-none font-semibold text-text"
    >
      {groupLetters(index)}
    </span>
  );
}
