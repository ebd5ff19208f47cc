import { groupColor, groupLetters } from './groups.ts';

export interface GroupMarkProps {
  readonly index: number;
  readonly hint: string;
  /** In the colour that the set has in the picture of the data flow. */
  readonly isColored?: boolean;
}

/** The mark of a group of targets: round and lettered, where a sub-config's is square, numbered and filled. */
export function GroupMark({ index, hint, isColored = false }: GroupMarkProps) {
  return (
    <span
      aria-hidden="true"
      title={hint}
      style={isColored ? { borderColor: groupColor(index) } : undefined}
      className={`inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full px-0.5 font-mono text-[10px] leading-none font-semibold text-text ${isColored ? 'border-2' : 'border border-line-strong'}`}
    >
      {groupLetters(index)}
    </span>
  );
}
