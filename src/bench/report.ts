/** One measured line. Times in milliseconds, sizes in the unit of `unit`. */
export interface Row {
  /** The group name that `--only` takes. */
  readonly group: string;
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'KB' | '×' | '%';
  readonly median: number;
  /** Only where there are samples enough to speak of one. */
  readonly p95: number | null;
  readonly samples: number;
  /** The bound that is aimed at, for the median and for the 95th percentile; `null` where none is set. */
  readonly aim: number | null;
  readonly aimP95: number | null;
  /** Whether more is better, as with a ratio of speeds. */
  readonly moreIsBetter: boolean;
  readonly note: string;
}

/** Bounds and remarks of a row. */
export interface Terms {
  readonly unit?: Row['unit'];
  readonly aim?: number;
  readonly aimP95?: number;
  readonly moreIsBetter?: boolean;
  readonly note?: string;
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

/** Makes a line of samples. */
export function rowOf(group: string, what: string, samples: readonly number[], terms: Terms = {}): Row {
  return {
    group,
    what,
    unit: terms.unit ?? 'ms',
    median: quantile(samples, 0.5),
    p95: samples.length >= 5 ? quantile(samples, 0.95) : null,
    samples: samples.length,
    aim: terms.aim ?? null,
    aimP95: terms.aimP95 ?? null,
    moreIsBetter: terms.moreIsBetter ?? false,
    note: terms.note ?? '',
  };
}

function isMet({ median, p95, aim, aimP95, moreIsBetter }: Row): boolean | null {
  if (aim === null && aimP95 === null) return null;
  const medianHolds = aim === null || (moreIsBetter ? median >= aim : median <= aim);
  return medianHolds && (aimP95 === null || p95 === null || p95 <= aimP95);
}

function number(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** The lines as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['what', 'median', 'p95', 'aim', 'met'];
  const cells = rows.map((row) => {
    const met = isMet(row);
    const bound = row.moreIsBetter ? '≥' : '≤';
    const aims = [
      ...(row.aim === null ? [] : [`${bound} ${number(row.aim)}`]),
      ...(row.aimP95 === null ? [] : [`p95 ≤ ${number(row.aimP95)}`]),
    ];
    return [
      row.note === '' ? row.what : `${row.what} (${row.note})`,
      `${number(row.median)} ${row.unit}`,
      row.p95 === null ? '' : number(row.p95),
      aims.join(', '),
      met === null ? '' : met ? 'yes' : 'no',
    ];
  });
  return markdown(head, cells);
}

const sizeInWords = /(?:,| with)? (\d[\d,]*) modules/;

/** Lines that were measured at several sizes of models: one for each, with a column for each size. */
export function growthTableOf(rows: readonly Row[]): string {
  const sizes: string[] = [];
  const lines = new Map<string, Map<string, string>>();
  for (const { what, median, unit } of rows) {
    const size = sizeInWords.exec(what)?.[1] ?? '';
    const label = what.replace(sizeInWords, '');
    if (!sizes.includes(size)) sizes.push(size);
    const cells = lines.get(label) ?? new Map<string, string>();
    lines.set(label, cells.set(size, `${number(median)} ${unit}`));
  }
  return markdown(['modules', ...sizes], [...lines].map(([label, cells]) => [label, ...sizes.map((size) => cells.get(size) ?? '')]));
}

function markdown(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((cell) => cell[at]!.length)));
  const line = (cell: readonly string[]) => `| ${cell.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...cells.map(line)].join('\n');
}
