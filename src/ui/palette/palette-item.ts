/** The kind of a palette entry, as its line shows it. */
export type ItemKind = 'Action' | 'View' | 'Sub-config' | 'Setting' | 'Fix' | 'Plan' | 'Sample' | 'Module';

/** One entry of the palette. */
export interface PaletteItem {
  /** Stays the same from visit to visit. */
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string;
  /** Shown behind the title, e.g. a module's type. Not searched. */
  readonly detail?: string;
  /** Search words in addition to the title; not shown. */
  readonly also?: string;
  /** Keys that do the same, as the keyboard has them. */
  readonly keys?: string;
  /** Shows only once something is typed. */
  readonly onlySearched?: boolean;
  readonly run: () => void;
}
