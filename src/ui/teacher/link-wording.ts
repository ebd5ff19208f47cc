import type { GivenShape, LinkComparison, LinkFit, LinkSurvey } from '../../core/algorithms/survey-links.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { formatQuantity } from '../shared/format.ts';

/** A shape as far as it is known: `1 × 64 × 56 × 56`, or `… × 768` where only the last dimension is. */
export function wordShape(shape: GivenShape | null): string {
  if (shape === null) return 'not known';
  if (!('fromLast' in shape)) return shape.length === 0 ? 'scalar' : shape.join(' × ');
  return ['…', shape.size, ...Array.from({ length: shape.fromLast - 1 }, () => '?')].join(' × ');
}

/** How the two sides of a link go together, in a few words. */
export const fitWords: Readonly<Record<LinkFit, string>> = {
  same: 'same shape',
  broadcast: 'broadcast',
  adapted: 'Linear between',
  mismatch: 'mismatch',
  fails: 'fails when wrapped',
  unmet: 'no loss',
  missing: 'not in the teacher',
  open: 'not known',
};

/** The name of the teacher's module of a link, also where the teacher lacks it. */
export function teacherName({ missing, teacherModule }: LinkSurvey, teacher: ModuleTree, link: number): string {
  return missing.get(link) ?? (moduleName(teacher, teacherModule[link]!) || '(root)');
}

/** The sign of a fit, for places without room for words. */
export const fitSigns: Readonly<Record<LinkFit, string>> = {
  same: '=',
  broadcast: '≈',
  adapted: '+',
  mismatch: '≠',
  fails: '!',
  unmet: '–',
  missing: '×',
  open: '?',
};

/** Whether a run raises because of a link of this fit. */
export function isFailing(fit: LinkFit): boolean {
  return fit === 'mismatch' || fit === 'missing' || fit === 'fails';
}

const fitTitles: Readonly<Record<LinkFit, string>> = {
  same: 'Both give the same shape',
  broadcast: 'The shapes differ, and torch stretches one to the other',
  adapted: 'The last dimensions differ: a trained Linear is put between them',
  mismatch: 'The shapes do not go together: the loss raises a RuntimeError',
  fails: 'NNI’s wrapper of one of the two fails in the first forward pass',
  unmet: 'One of the two is never met in a forward pass: there is no loss for this link',
  missing: 'The teacher has no module of this name: NNI raises a KeyError',
  open: '',
};

const needTitles = {
  calls: 'The files do not say which modules the forward pass calls',
  shapes: 'The files do not hold the shapes of outputs, or they were recorded with different inputs',
  outputs: 'The code of one of the two modules decides its output, and the files do not hold it',
  parameters: 'One of the files does not list the parameters',
  steps: 'It depends on how long the training runs',
} as const;

/** One sentence about a comparison. */
export function describeFit({ fit, need }: LinkComparison): string {
  return fit === 'open' ? needTitles[need ?? 'shapes'] : fitTitles[fit];
}

/** The same with a sign, except where the words have one. */
export function signedWords(comparison: LinkComparison): string {
  const words = wordComparison(comparison);
  return /[≠=]/.test(words) ? words : `${fitSigns[comparison.fit]} ${words}`;
}

/** How the two sides go together, with the sizes that decide: `64 ≠ 128`, `768 = 768, rest not known`. */
export function wordComparison(comparison: LinkComparison): string {
  const { fit, own, other } = comparison;
  const sizes = own !== null && other !== null ? decidingSizes(own, other) : null;
  if (sizes !== null && sizes[0] !== sizes[1]) {
    if (fit === 'mismatch') return `${sizes[0]} ≠ ${sizes[1]}`;
    if (fit === 'adapted') return `${sizes[0]} → ${sizes[1]}, Linear between`;
  }
  const isHalfKnown = fit === 'open' && sizes !== null && sizes[0] === sizes[1];
  return isHalfKnown ? `${sizes[0]} = ${sizes[1]}, rest not known` : fitWords[fit];
}

/** The sizes of both sides in the first dimension in which they differ, else in the last one that both are known in. */
function decidingSizes(own: GivenShape, other: GivenShape): readonly [string, string] | null {
  const isWhole = !('fromLast' in own) && !('fromLast' in other);
  if (isWhole && own.length !== other.length) return [wordShape(own), wordShape(other)];
  let both: readonly [string, string] | null = null;
  for (let fromLast = mostDimensions; fromLast >= 1; fromLast--) {
    const [one, two] = [sizeAt(own, fromLast), sizeAt(other, fromLast)];
    if (one === null || two === null) continue;
    if (one !== two) return [String(one), String(two)];
    both = [String(one), String(two)];
  }
  return both;
}

const mostDimensions = 8;

function sizeAt(shape: GivenShape, fromLast: number): number | null {
  if ('fromLast' in shape) return shape.fromLast === fromLast ? shape.size : null;
  return shape.at(-fromLast) ?? null;
}

const summaryWords: readonly [LinkFit, (count: number) => string][] = [
  ['missing', (count) => `${count.toLocaleString('en-US')} not in the teacher`],
  ['mismatch', (count) => formatQuantity(count, 'mismatch', 'mismatches')],
  ['fails', (count) => formatQuantity(count, 'failing wrapper')],
  ['unmet', (count) => `${count.toLocaleString('en-US')} without a loss`],
  ['same', (count) => `${count.toLocaleString('en-US')} of the same shape`],
  ['adapted', (count) => `${count.toLocaleString('en-US')} with a Linear between`],
  ['broadcast', (count) => `${count.toLocaleString('en-US')} broadcast`],
  ['open', (count) => `${count.toLocaleString('en-US')} not known`],
];

/** How many links are of each fit, in words: `2 mismatches`, the worst first. */
export function wordCounts(counts: ReadonlyMap<LinkFit, number>): readonly { readonly fit: LinkFit; readonly text: string }[] {
  return summaryWords.flatMap(([fit, words]) => {
    const count = counts.get(fit) ?? 0;
    return count === 0 ? [] : [{ fit, text: words(count) }];
  });
}
