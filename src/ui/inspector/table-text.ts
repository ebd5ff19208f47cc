/** One target of one module, as a line of a table. */
export interface TableRow {
  readonly module: string;
  readonly type: string;
  /** Empty where nothing of the module is configured. */
  readonly target: string;
  /** Index of the sub-config that won it. */
  readonly subConfig: number | null;
  readonly settings: string;
}

/** The rows as lines with tabs between the cells, as spreadsheets take them; sub-configs are numbered from 1. */
export function tableText(rows: readonly TableRow[]): string {
  const lines = rows.map(({ module, type, target, subConfig, settings }) => [
    module, type, target, subConfig === null ? '' : `#${subConfig + 1}`, settings,
  ]);
  return [['module', 'type', 'target', 'set by', 'settings'], ...lines]
    .map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}
