import type { Overview } from '../../core/overview/overview.ts';
import type { Share } from '../../core/overview/share.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatLarge, formatQuantity } from '../shared/format.ts';

/** A figure of the overview: its name, its value, and a note. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** `0.4783` → `47.8 %`. A share just above 0 or below 1 is not rounded to 0 % or 100 %. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return '< 0.1 %';
  if (part < whole && percent > 99.9) return '> 99.9 %';
  return `${percent.toFixed(1).replace(/\.0$/, '')} %`;
}

/** Bits as bytes: `374 M` bits → `46.8 MB`. */
export function formatBytes(bits: number): string {
  const bytes = bits / 8;
  return bytes < 1000 ? `${formatCount(Math.round(bytes))} B` : `${formatLarge(bytes).replace(/ B$/, ' G')}B`;
}

/** The width of an element on average: `9.1`. */
export function formatWidth(bits: number, elements: number): string {
  return elements === 0 ? '0' : String(Math.round((bits / elements) * 100) / 100);
}

/** The masked part in words: exact, by the ratios, or at least. */
export function describeMasked(share: Share, whole: number): string {
  if (share.open > 0 && share.masked === 0) return 'left to the weights';
  const prefix = share.open > 0 ? 'at least ' : share.estimated > 0 ? 'about ' : '';
  return `${prefix}${formatShare(share.masked, whole)}`;
}

/** The figures at the top of the panel. */
export function figuresOf(overview: Overview): readonly Figure[] {
  const { covered, total, mode } = overview;
  const ofAll = `${formatLarge(covered.elements)} of ${formatLarge(total.elements)} parameters`;
  const coverage = formatShare(covered.elements, total.elements);
  const atLeast = overview.complete ? '' : ' Not all shapes are known: these are the known ones.';
  switch (mode) {
    case 'pruning':
      return [
        { name: 'Covered', value: coverage, note: `${ofAll}.${atLeast}` },
        { name: 'Sparsity of the model', value: describeMasked(covered, total.elements), note: maskNote(covered) },
        {
          name: 'Sparsity of the covered part',
          value: describeMasked(covered, covered.elements),
          note: `${formatLarge(covered.masked)} of ${formatLarge(covered.elements)} parameters are masked.`,
        },
      ];
    case 'quantization':
      return [
        { name: 'Covered', value: coverage, note: `${ofAll}.${atLeast}` },
        {
          name: 'Bits per parameter',
          value: `${formatWidth(total.bitsBefore, total.elements)} → ${formatWidth(total.bitsAfter, total.elements)}`,
          note: overview.dtypesKnown ? 'On average.' : 'On average; 32 where the dtype is not known.',
        },
        {
          name: 'Size of the parameters',
          value: `${formatBytes(total.bitsBefore)} → ${formatBytes(total.bitsAfter)}`,
          note: 'If stored at these widths: NNI itself simulates them.',
        },
        {
          name: 'Inputs and outputs',
          value: formatCount(overview.inputs + overview.outputs),
          note: `${formatQuantity(overview.inputs, 'input')} and ${formatQuantity(overview.outputs, 'output')} are quantized.`,
        },
      ];
    case 'distillation':
      return [
        {
          name: 'Outputs compared',
          value: formatCount(overview.outputs),
          note: overview.inputs > 0 ? `And ${formatQuantity(overview.inputs, 'input')}.` : 'With the outputs of the teacher.',
        },
        { name: 'Parameters that lead to them', value: coverage, note: `${ofAll}.${atLeast}` },
      ];
  }
}

function maskNote({ open, estimated }: Share): string {
  if (open > 0) return `Of ${formatLarge(open)} parameters the weights decide how many are masked.`;
  if (estimated > 0) return `Of ${formatLarge(estimated)} parameters the weights decide which are masked; the ratio is taken.`;
  return 'Exact: shapes and ratios decide it.';
}

/** The effect of one sub-config, as text of a table cell. */
export function describeShare(overview: Overview, share: Share): string {
  if (share.elements === 0) return '–';
  if (overview.mode === 'pruning') return share.open === share.elements ? 'left to the weights' : `${describeMasked(share, share.elements)} masked`;
  return overview.mode === 'quantization' ? `${formatWidth(share.bitsAfter, share.elements)} bits` : 'covered';
}
