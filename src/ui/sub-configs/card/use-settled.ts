import { useEffect, useState } from 'react';
import { typingPauses } from '../../../store/typing-pauses.ts';

/**
 * The value; where `mayWait` says so of the one shown and the new one, it follows late, when it has not changed for
 * a moment.
 */
export function useSettled<Value extends object | undefined>(
  value: Value,
  mayWait: (shown: Value, value: Value) => boolean,
): Value {
  const [settled, setSettled] = useState(value);
  const waits = settled !== value && mayWait(settled, value);
  if (settled !== value && !waits) setSettled(value);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => setSettled(value), typingPauses.card);
    return () => clearTimeout(timer);
  }, [value, waits]);
  return waits ? settled : value;
}

/** Whether a value has not changed for a moment. */
export function useRests(value: string): boolean {
  const [rested, setRested] = useState<string | null>(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), typingPauses.findings);
    return () => clearTimeout(timer);
  }, [value]);
  return rested === value;
}
