import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatQuantity } from '../shared/format.ts';
import { matchMiniature, miniaturePatterns, miniatureRows, type MiniatureRow } from './miniature-rows.ts';

/** Milliseconds between letters, and before the next pattern. */
const letterPause = 130;
const patternPause = 2600;

/** The page in small: a pattern types itself over ResNet-18, and its matches light up. One click opens the model with the first pattern. */
export function Miniature({ onOpen }: { readonly onOpen: () => void }) {
  const pattern = useTypedPattern();
  // While a pattern is half typed, the last matches stay lit.
  const [lit, setLit] = useState(() => matchMiniature(pattern));
  const [litFor, setLitFor] = useState(pattern);
  if (litFor !== pattern) {
    setLitFor(pattern);
    setLit(matchMiniature(pattern) ?? lit);
  }
  const count = (lit?.own.size ?? 0) + [...(lit?.inside.values() ?? [])].reduce((sum, inside) => sum + inside, 0);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label="Open this example: ResNet-18, with a pattern that lights up its convolutions"
      className="group flex w-full flex-col self-start overflow-hidden rounded-lg border border-line bg-surface text-left shadow-sm hover:border-line-strong"
    >
      <span aria-hidden="true" className="flex w-full items-center gap-2 border-b border-line bg-sunken px-3 py-2">
        <span className="font-mono text-xs text-muted">op_names_re</span>
        <span className="flex h-7 min-w-0 flex-1 items-center rounded border border-line-strong bg-surface px-2 font-mono text-code">
          {pattern}
          <span className="ml-px h-4 w-px bg-text motion-safe:animate-pulse" />
        </span>
        <span className="w-24 shrink-0 text-right text-xs text-muted tabular-nums">{pattern === '' ? '' : formatQuantity(count, 'module')}</span>
      </span>
      <span aria-hidden="true" className="block w-full py-1">
        {miniatureRows.map((row) => (
          <Row key={row.name} row={row} lit={lit?.own.has(row.name) ?? false} inside={lit?.inside.get(row.name) ?? 0} dimmed={pattern !== ''} />
        ))}
      </span>
      <span aria-hidden="true" className="flex w-full items-center border-t border-line px-3 py-2 text-xs text-muted">
        <span className="flex-1">ResNet-18 · 68 modules</span>
        <span className="font-medium text-text group-hover:underline">Open this example</span>
      </span>
    </button>
  );
}

function Row({ row, lit, inside, dimmed }: {
  readonly row: MiniatureRow;
  readonly lit: boolean;
  readonly inside: number;
  readonly dimmed: boolean;
}) {
  const label = row.name.slice(row.name.lastIndexOf('.') + 1);
  const tone = dimmed && !lit && inside === 0 ? 'text-faint' : '';
  return (
    <span className={`flex h-6 items-center gap-1 border-l-4 pr-3 transition-colors duration-150 ${lit ? 'border-(--mark-0) bg-preview forced-colors:outline forced-colors:-outline-offset-1 forced-colors:outline-dashed' : 'border-transparent forced-colors:border-[Canvas]'}`}>
      <span style={{ paddingLeft: 8 + row.depth * 14 }} className="flex w-40 shrink-0 items-center gap-1">
        <span className="flex w-4 shrink-0 text-muted">
          {row.state === 'open' && <ChevronDown size={12} />}
          {row.state === 'closed' && <ChevronRight size={12} />}
        </span>
        <span className={`truncate font-mono text-code ${tone} ${lit ? 'font-semibold' : ''}`}>{label}</span>
      </span>
      <span className={`flex-1 truncate text-xs ${tone || 'text-muted'}`}>{row.type}</span>
      {inside > 0 && <span className="rounded-sm bg-preview px-1 text-xs">{inside}</span>}
      <span className={`hidden w-24 text-right font-mono text-xs min-[480px]:inline ${tone || 'text-muted'}`}>{row.shape}</span>
    </span>
  );
}

/** The part of the pattern that is typed so far. With reduced motion, the whole first pattern from the start. */
function useTypedPattern(): string {
  const [at, setAt] = useState({ pattern: 0, letters: miniaturePatterns[0].length });
  const whole = miniaturePatterns[at.pattern % miniaturePatterns.length]!;
  const isWhole = at.letters >= whole.length;
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const timer = setTimeout(
      () => setAt(isWhole ? { pattern: at.pattern + 1, letters: 0 } : { pattern: at.pattern, letters: at.letters + 1 }),
      isWhole ? patternPause : letterPause,
    );
    return () => clearTimeout(timer);
  }, [at, isWhole]);
  return whole.slice(0, at.letters);
}
