export const markColors = 8;

export interface SubConfigMarkProps {
  /** Position in the list, from 1: the second cue next to the colour. */
  readonly number: number;
  readonly color: number;
  /** `excluded` draws the mark struck through, `off` hollow. */
  readonly state?: 'selected' | 'excluded' | 'off';
  readonly label?: string;
}

/** The coloured, numbered mark of a sub-config. */
export function SubConfigMark({ number, color, state = 'selected', label }: SubConfigMarkProps) {
  const tone = `var(--mark-${color % markColors})`;
  const style =
    state === 'selected'
      ? { background: tone, color: 'var(--mark-text)', borderColor: tone }
      : { color: tone, borderColor: tone, background: 'transparent' };
  return (
    <span
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
      title={label}
      style={style}
      className={`relative inline-flex h-4 min-w-4 align-baseline shrink-0 items-center justify-center rounded-sm border px-0.5 font-mono text-[11px] leading-none font-semibold ${state === 'off' ? 'border-dashed' : ''}`}
    >
      {number}
      {state === 'excluded' && (
        <span aria-hidden="true" className="absolute inset-x-0 top-1/2 -rotate-45 border-t" style={{ borderColor: tone }} />
      )}
    </span>
  );
}
