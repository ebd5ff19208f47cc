/** The place of a part of a pattern, in UTF-16 units of its source. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A parsed pattern, as it was written. Sequences are lists of nodes. */
export type Sequence = readonly PatternNode[];

export type PatternNode = Span &
  (
    | { readonly type: 'literal'; readonly code: number }
    /** `[^x]` with one character. */
    | { readonly type: 'not-literal'; readonly code: number }
    /** `.` */
    | { readonly type: 'any' }
    | { readonly type: 'set'; readonly negated: boolean; readonly items: readonly SetItem[] }
    | { readonly type: 'at'; readonly at: Anchor }
    | RepeatNode
    | GroupNode
    | { readonly type: 'atomic'; readonly body: Sequence }
    | { readonly type: 'assert'; readonly behind: boolean; readonly negated: boolean; readonly body: Sequence }
    | { readonly type: 'branch'; readonly branches: readonly Sequence[] }
    | { readonly type: 'reference'; readonly group: number }
    | { readonly type: 'condition'; readonly group: number; readonly yes: Sequence; readonly no: Sequence | null }
  );

export interface RepeatNode extends Span {
  readonly type: 'repeat';
  readonly least: number;
  /** `Infinity` when there is no upper bound. */
  readonly most: number;
  readonly kind: 'greedy' | 'lazy' | 'possessive';
  readonly item: PatternNode;
}

export interface GroupNode extends Span {
  readonly type: 'group';
  /** `null` for a group that does not capture. */
  readonly group: number | null;
  readonly name: string | null;
  readonly added: Flags;
  readonly removed: Flags;
  readonly body: Sequence;
}

export type SetItem =
  | { readonly type: 'literal'; readonly code: number }
  | { readonly type: 'range'; readonly low: number; readonly high: number }
  | { readonly type: 'category'; readonly category: Category };

/** `\d \D \s \S \w \W` */
export type Category = 'digit' | 'not-digit' | 'space' | 'not-space' | 'word' | 'not-word';

/** `^ $ \A \Z \b \B` */
export type Anchor = 'begin' | 'end' | 'begin-string' | 'end-string' | 'boundary' | 'not-boundary';

/** Parts that match nothing by themselves: comments, and flags of the whole pattern. */
export type PatternNote = Span &
  ({ readonly type: 'comment' } | { readonly type: 'flags'; readonly flags: Flags });

/** A set of flags as bits. */
export type Flags = number;

export const flagBits = {
  ignoreCase: 1,
  locale: 2,
  multiline: 4,
  dotAll: 8,
  unicode: 16,
  verbose: 32,
  ascii: 64,
  template: 128,
} as const;

/** Flags that exclude each other. */
export const typeFlags: Flags = flagBits.ascii | flagBits.locale | flagBits.unicode;

/** The flags inside a group that adds and removes some. */
export function combineFlags(flags: Flags, added: Flags, removed: Flags): Flags {
  const base = (added & typeFlags) === 0 ? flags : flags & ~typeFlags;
  return (base | added) & ~removed;
}
