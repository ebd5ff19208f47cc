import { useRef, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { PatternText } from '../../shared/PatternText.tsx';
import { splitAtProblem } from './pattern-problem.ts';

/** The text of the field lies on its coloured copy: both must break their lines alike. */
const text = 'px-2 py-[5px] font-mono text-[13px] leading-[18px] break-all whitespace-pre-wrap';

interface PatternBoxProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'name'> {
  readonly text: string;
  /** Accessible name. */
  readonly name: string;
  /** Where Python stops, in code points. */
  readonly wrongAt: number | null;
  readonly isInvalid: boolean;
  /** Whether the field is empty. */
  readonly isNew: boolean;
  /** Buttons at the right of the text. */
  readonly children: ReactNode;
}

/** A field for a pattern in its colours; grows with the text, which is one line for Python however it is wrapped. */
export function PatternBox({ text: pattern, name, wrongAt, isInvalid, isNew, children, ...rest }: PatternBoxProps) {
  const copy = useRef<HTMLDivElement>(null);
  return (
    <div
      className={`flex items-start rounded border bg-surface has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-focus ${isNew ? 'border-dashed border-line' : 'border-line-strong/60'}`}
    >
      <div className="relative max-h-40 min-w-0 flex-1 overflow-clip">
        <div ref={copy} aria-hidden="true" className={`${text} pointer-events-none min-h-7 forced-color-adjust-none forced-colors:text-[CanvasText]`}>
          {wrongAt === null ? <PatternText pattern={pattern} /> : <MarkedText pattern={pattern} at={wrongAt} />}
          {'​'}
        </div>
        <textarea
          rows={1}
          value={pattern}
          aria-label={name}
          aria-invalid={isInvalid || undefined}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={isNew ? 'Add a pattern' : 'Empty: matches every name'}
          onScroll={(event) => {
            if (copy.current) copy.current.style.transform = `translateY(${-event.currentTarget.scrollTop}px)`;
          }}
          {...rest}
          className={`${text} absolute inset-0 size-full scroll-mt-8 contain-strict scroll-mb-16 resize-none bg-transparent text-transparent caret-text outline-none forced-color-adjust-none`}
        />
      </div>
      <span className="flex h-7 items-center pr-0.5">{children}</span>
    </div>
  );
}

/** The pattern with the character marked at which Python stops. */
function MarkedText({ pattern, at }: { readonly pattern: string; readonly at: number }) {
  const [before, wrong] = splitAtProblem(pattern, at);
  return (
    <>
      <PatternText pattern={before} />
      <span className="bg-refused-soft text-refused underline decoration-refused decoration-wavy underline-offset-4 forced-colors:bg-transparent forced-colors:text-[CanvasText] forced-colors:decoration-[CanvasText]">
        {wrong}
      </span>
      {pattern.slice(before.length + wrong.length)}
    </>
  );
}
