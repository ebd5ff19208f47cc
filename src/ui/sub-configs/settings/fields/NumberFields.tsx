import { floatOf, isConfigNumber, numberOf } from '../../../../core/config/value.ts';
import { useValueEditor } from '../../card/card-context.ts';
import { parseNumberOf, textOf } from '../field-text.ts';
import { fieldId } from '../../card/finding-places.ts';
import { parseFloatText } from '../number-text.ts';
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

/** A number of the kind that the key takes. */
export function NumberField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const kind = entry.kind === 'int' ? 'int' : 'float';
  return (
    <ParsedText
      label={label}
      written={textOf(value)}
      parse={(text) => parseNumberOf(kind, text)}
      onValue={(parsed) => set(path, parsed)}
      field={fieldId(path)}
      description={wanted[kind]}
      className="w-28"
    />
  );
}
