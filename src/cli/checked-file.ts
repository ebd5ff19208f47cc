import type { Finding } from '../core/checks/finding.ts';
import type { ListVerdict } from '../core/checks/list-verdict.ts';
import type { Mode } from '../core/config/mode.ts';
import type { ConfigValue } from '../core/config/value.ts';
import type { TextPlace } from '../core/text/line-and-column.ts';
import type { PlaceFinder } from './list-places.ts';

/** A file that was checked. */
export interface CheckedFile {
  readonly file: string;
  readonly model: string;
  readonly mode: Mode;
  readonly list: ConfigValue;
  readonly findings: readonly Finding[];
  readonly verdict: ListVerdict;
  readonly placeOf: PlaceFinder;
  readonly assertions: { readonly holding: number; readonly total: number };
  /** The lines about the algorithm's run. */
  readonly run: readonly string[];
}

/** `[1].op_names_re[0]`. */
export function placeInWords({ where: { subConfig, path } }: Finding): string {
  const steps = subConfig === null ? path : [subConfig, ...path];
  return steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}

/** The place of a finding in its file. */
export function placeInFile({ where: { subConfig, path } }: Finding, { placeOf }: CheckedFile): TextPlace | null {
  return placeOf(subConfig === null ? [] : [subConfig, ...path]);
}
