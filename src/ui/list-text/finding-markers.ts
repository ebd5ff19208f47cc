import type { Finding } from '../../core/checks/finding.ts';
import type { Fix } from '../../core/diagnostics/fix.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import { wordFindingAt } from '../../core/checks/word-finding.ts';
import { wordFix } from '../../core/diagnostics/fix.ts';
import type { TextMarker } from '../../monaco/marker-book.ts';
import { placeInText } from '../../monaco/place-in-text.ts';
import { readListText, type ListTextProblem } from '../../monaco/read-list-text.ts';

/** Findings as marks in the text of the list that they are about; none in a text that is broken. */
export function markFindings(
  text: string,
  findings: readonly Finding[],
  numberOf: NumberOf,
  applyFix: (fix: Fix, label: string) => void,
): readonly TextMarker[] {
  const read = readListText(text);
  if (!read.ok) return [];
  const { document } = read.value;
  return findings.flatMap((finding): readonly TextMarker[] => {
    const { subConfig, path, also = [], range } = finding.where;
    return [path, ...also].map((place, at) => {
      const { title, why, rule } = wordFindingAt(finding, place, numberOf);
      return {
        ...placeInText(text, document, subConfig === null ? [] : [subConfig, ...place], at === 0 ? range : undefined),
        severity: finding.severity,
        message: why === '' ? title : `${title}\n${why}`,
        code: rule === '' ? '' : `rule ${rule}`,
        fixes: finding.fixes.map((fix) => ({ title: wordFix(fix, numberOf), run: () => applyFix(fix, wordFix(fix, numberOf)) })),
      };
    });
  });
}

/** Keys that occur twice in one object, which JSON allows and nobody intends. */
export function markRepeatedKeys(text: string): readonly TextMarker[] {
  const read = readListText(text);
  if (!read.ok) return [];
  const { document } = read.value;
  return document.repeatedKeys.map((path): TextMarker => ({
    ...(document.locateKey(path) ?? { offset: 0, length: 1 }),
    severity: 'silent',
    message: `${String(path.at(-1))} occurs twice here.\nThe last one counts, as in Python.`,
    code: '',
    fixes: [],
  }));
}

/** The place that breaks the text. */
export function markProblem({ offset, length, message, remedy }: ListTextProblem): TextMarker {
  return { offset, length: Math.max(1, length), severity: 'refused', message: `${message} ${remedy}`, code: '', fixes: [] };
}
