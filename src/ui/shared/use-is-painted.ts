import { useEffect, useState } from 'react';
import { whenPainted } from './when-painted.ts';

/** Whether the first frames have been shown since the component came: less urgent parts wait for them. */
export function useIsPainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => whenPainted(() => setPainted(true)), []);
  return painted;
}
