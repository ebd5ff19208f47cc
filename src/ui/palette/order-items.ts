import type { PaletteItem } from './palette-item.ts';
import { matchTitle, tiers, type MatchedParts, type TitleMatch } from './rank.ts';

/** An entry as it shows. */
export interface ShownItem {
  readonly item: PaletteItem;
  readonly parts: MatchedParts;
  readonly recent: boolean;
}

export interface Query {
  readonly text: string;
  /** The kind that the entries are limited to: `>` actions, `@` modules, `#` sub-configs. */
  readonly only: 'actions' | 'modules' | 'sub-configs' | null;
}

/** The query in the typed text. */
export function readQuery(typed: string): Query {
  const only = ({ '>': 'actions', '@': 'modules', '#': 'sub-configs' } as const)[typed[0] ?? ''] ?? null;
  // `#2` is part of the titles of sub-configs.
  return { text: (only === null || only === 'sub-configs' ? typed : typed.slice(1)).trim(), only };
}

/** More than anyone reads; the query narrows them. */
const mostShown = 80;

/**
 * The entries that fit, the best first: by how they match, then recent choices, then as they were given.
 * Without a text recent choices come first, and entries that are only searched for are left out.
 */
export function orderItems(
  items: readonly PaletteItem[],
  { text, only }: Query,
  recent: readonly string[],
): readonly ShownItem[] {
  const wanted = only === 'sub-configs' && text === '#' ? '' : text;
  const ranked: { readonly shown: ShownItem; readonly tier: number; readonly lately: number }[] = [];
  for (const item of items) {
    if (!isAmong(item, only) || (wanted === '' && only === null && item.onlySearched === true)) continue;
    const match = matchItem(wanted, item);
    // A module that the engine found fits even where its title alone does not.
    if (!match && item.kind !== 'Module') continue;
    const at = recent.indexOf(item.id);
    ranked.push({
      shown: { item, parts: match?.parts ?? [], recent: at >= 0 && wanted === '' },
      tier: match?.tier ?? tiers.words,
      lately: at < 0 ? recent.length : at,
    });
  }
  return ranked
    .toSorted((a, b) => a.tier - b.tier || a.lately - b.lately)
    .slice(0, mostShown)
    .map(({ shown }) => shown);
}

/** The match of an entry by its title, else by its search words. For search words, scattered letters are no match. */
function matchItem(wanted: string, { title, also }: PaletteItem): TitleMatch | null {
  const byTitle = matchTitle(wanted, title);
  if (also === undefined || (byTitle && byTitle.tier < tiers.also)) return byTitle;
  const byOther = matchTitle(wanted, also);
  return byOther && byOther.tier < tiers.also ? { tier: tiers.also, parts: [] } : byTitle;
}

function isAmong({ kind }: PaletteItem, only: Query['only']): boolean {
  switch (only) {
    case null:
      return true;
    case 'modules':
      return kind === 'Module';
    case 'sub-configs':
      return kind === 'Sub-config' || kind === 'Setting';
    case 'actions':
      return kind !== 'Module';
  }
}
