/** Something to choose from a list. */
export interface Option {
  readonly value: string;
  /** A word on it, shown behind. */
  readonly hint?: string;
}

/** More are never rendered. */
export const mostOptions = 50;

/** Options that hold the text in either case, options that begin with it first. */
export function filterOptions(options: readonly Option[], text: string): readonly Option[] {
  const wanted = text.trim().toLowerCase();
  const first: Option[] = [];
  const later: Option[] = [];
  for (const option of options) {
    const at = option.value.toLowerCase().indexOf(wanted);
    if (at === 0) first.push(option);
    else if (at > 0) later.push(option);
  }
  return [...first, ...later].slice(0, mostOptions);
}
