import type { Mode } from '../core/config/mode.ts';

/** The content of a report, as JSON in the element `#espalier-report`. */
export interface ReportData {
  /** Module trees as gzip in Base64, compressed some fifty times. */
  readonly tree: string;
  readonly teacher: string | null;
  /** Text of a plan with the list, its templates and assertions. */
  readonly plan: string;
  readonly mode: Mode;
  /** Code points of the characters that patterns name as `\\N{…}`, by name. */
  readonly characters: Readonly<Record<string, number>>;
  /** Name of the file that was reported on. */
  readonly file: string;
  /** Version of Espalier. */
  readonly version: string;
}

/** The place of the data in the built report. */
const dataElement = '<script type="application/json" id="espalier-report"></script>';

/** The report with its data; `<` is escaped, so that nothing in it ends the element. */
export function fillReport(report: string, data: ReportData): string {
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  const filled = dataElement.replace('></script>', () => `>${json}</script>`);
  return report.replace(dataElement, () => filled);
}
