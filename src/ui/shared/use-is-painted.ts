import { useEffect, useState } from 'react';
import { whenPainted } from './when-painted.ts';

/** Whether the first frames have been shown since the component came: what is less urgent waits for them. */
export function useIsPainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => whenPainted(() => setPainted(true)), []);
  return painted;
}
