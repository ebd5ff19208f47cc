import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { formatQuantity } from '../../shared/format.ts';
import type { PatternFacts } from './use-pattern-facts.ts';

/** A remark after the count under a pattern; `warns` draws attention to it. */
export interface PatternRemark {
  readonly text: string;
  readonly warns: boolean;
  /** The explanation of the pattern names the modules. */
  readonly isNamed?: true;
}

/** `8 selected · 2 near misses · 25 of 30 blocks`: facts about a pattern in addition to its count (rule P29). */
export function patternRemarks(entry: SelectionEntry | null, facts: PatternFacts | null): readonly PatternRemark[] {
  const remarks: PatternRemark[] = [];
  if (entry && entry.effect !== entry.count) {
    const verb = entry.key.startsWith('exclude_') ? 'excluded' : 'selected';
    remarks.push({ text: `${formatCount(entry.effect)} ${verb}`, warns: entry.effect === 0 });
  }
  if (!facts) return remarks;
  if (facts.cut.count > 0) remarks.push({ text: `${formatCount(facts.cut.count)} probably unintended`, warns: true, isNamed: true });
  if (facts.near.count > 0) remarks.push({ text: formatQuantity(facts.near.count, 'near miss', 'near misses'), warns: false, isNamed: true });
  for (const { blocks, missing } of facts.gaps.slice(0, 1)) {
    if (missing.length > 0) remarks.push({ text: `${formatCount(blocks - missing.length)} of ${formatCount(blocks)} blocks`, warns: false, isNamed: true });
  }
  return remarks;
}
