import { useEffect, useState } from 'react';
import { choosesNothing } from '../../../core/config/sub-config-words.ts';
import type { ConfigObject } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import { typingPauses } from '../../../store/typing-pauses.ts';

const none: readonly Finding[] = [];

/**
 * The findings to show of a card (rule K3): one that chooses nothing yet has none; while somebody works in the card,
 * a new one waits until that rests, and one that is settled goes at once.
 */
export function useShownFindings(findings: readonly Finding[], config: ConfigObject, isUsed: boolean): readonly Finding[] {
  const [shown, setShown] = useState(findings);
  const waits = isUsed && shown !== findings;
  if (!isUsed && shown !== findings) setShown(findings);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => setShown(findings), typingPauses.findings);
    return () => clearTimeout(timer);
  }, [findings, waits]);
  if (findings.length === 0 || choosesNothing(config)) return none;
  return waits ? stillThere(shown, findings) : findings;
}

/** The findings of `now` that were there before. */
function stillThere(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  const known = new Set(before.map(keyOf));
  return now.filter((finding) => known.has(keyOf(finding)));
}

function keyOf({ code, where }: Finding): string {
  return `${code} ${where.path.join('.')}`;
}
