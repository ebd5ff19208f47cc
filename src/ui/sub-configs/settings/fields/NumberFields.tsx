import type { CSSProperties } from 'react';
import { floatOf, isConfigNumber, numberOf } from '../../../../core/config/value.ts';
import { useValueEditor } from '../../card/card-context.ts';
import { parseNumberOf, textOf } from '../field-text.ts';
import { fieldId } from '../../card/finding-places.ts';
import { parseFloatText } from '../number-text.ts';
import type { UsefulRange } from '../../../../core/algorithms/key-notes.ts';
import { useKeyNotes } from '../use-key-notes.ts';
import type { TypedFieldProps } from './typed-field.ts';
import { ParsedText } from './ParsedText.tsx';

/** A ratio: a slider for the rough value and a text for the exact one, which stays a float (rule E1). */
export function RatioField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const number = isConfigNumber(value) ? numberOf(value) : 0;
  return (
    <div className="flex items-center gap-2">
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={Math.max(0, Math.min(1, number))}
        aria-label={`Slider of ${label}`}
        onChange={(event) => set(path, floatOf(Number(event.target.value)))}
        style={filledTo(number)}
        className="h-4 min-w-0 flex-1"
      />
      <ParsedText
        label={label}
        written={textOf(value)}
        parse={parseFloatText}
        onValue={(parsed) => set(path, parsed)}
        field={fieldId(path)}
        description="a number"
        className="w-20 shrink-0 text-right"
      />
    </div>
  );
}

const wanted = { float: 'a number', int: 'a whole number' } as const;

/** A number of the kind that the key takes; with a slider where the class that runs the list has a useful range. */
export function NumberField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const { range } = useKeyNotes(path);
  const kind = entry.kind === 'int' ? 'int' : 'float';
  const text = (
    <ParsedText
      label={label}
      written={textOf(value)}
      parse={(text) => parseNumberOf(kind, text)}
      onValue={(parsed) => set(path, parsed)}
      field={fieldId(path)}
      description={wanted[kind]}
      className={range === null ? 'w-28' : 'w-24 shrink-0 text-right'}
    />
  );
  if (range === null) return text;
  return (
    <div className="flex items-center gap-2">
      <RangeSlider range={range} value={isConfigNumber(value) ? numberOf(value) : 0} label={label} onValue={(next) => set(path, floatOf(next))} />
      {text}
    </div>
  );
}

/** How much of a slider's track is filled, as `styles.css` draws it. */
function filledTo(share: number): CSSProperties {
  const style: Readonly<Record<`--${string}`, number>> = { '--filled': Math.max(0, Math.min(1, share)) };
  return style;
}

/** Places of a slider over a range of powers. */
const logPlaces = 120;

/** A slider over the values that make a difference; a value outside is shown at the end of the slider. */
function RangeSlider({ range: { from, to, scale }, value, label, onValue }: {
  readonly range: UsefulRange;
  readonly value: number;
  readonly label: string;
  readonly onValue: (value: number) => void;
}) {
  const isLog = scale === 'log';
  const inside = Math.max(from, Math.min(to, value));
  const placeOf = (number: number): number => Math.round((Math.log(number / from) / Math.log(to / from)) * logPlaces);
  const valueAt = (place: number): number => Number((from * (to / from) ** (place / logPlaces)).toPrecision(2));
  return (
    <input
      type="range"
      min={isLog ? 0 : from}
      max={isLog ? logPlaces : to}
      step={isLog ? 1 : 0.01}
      value={isLog ? placeOf(inside) : inside}
      aria-label={`Slider of ${label}`}
      aria-valuetext={String(value)}
      onChange={(event) => onValue(isLog ? valueAt(Number(event.target.value)) : Number(event.target.value))}
      style={filledTo(isLog ? placeOf(inside) / logPlaces : (inside - from) / (to - from))}
      className="h-4 min-w-0 flex-1"
    />
  );
}
