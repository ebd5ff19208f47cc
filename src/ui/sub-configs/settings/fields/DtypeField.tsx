import { useValueEditor } from '../../card/card-context.ts';
import { fieldId } from '../../card/finding-places.ts';
import { parseIntText, rangeOfDtype } from '../number-text.ts';
import type { TypedFieldProps } from './typed-field.ts';
import { fieldBox, ParsedText } from './ParsedText.tsx';

const usualBits = 8;
const mostBits = 64;

/** Kind and number of bits of an integer type, with the range that it spans. */
export function DtypeField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const parts = /^(u?int)(\d+)$/.exec(typeof value === 'string' ? value : '');
  const kind = parts?.[1] ?? 'int';
  const bits = parts?.[2] ?? String(usualBits);
  const range = rangeOfDtype(`${kind}${bits}`);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <select
        value={value === null ? 'null' : kind}
        aria-label={`Kind of ${label}`}
        data-field={fieldId(path)}
        onChange={(event) => set(path, event.target.value === 'null' ? null : `${event.target.value}${bits}`)}
        className={`${fieldBox} w-24`}
      >
        <option value="int">int</option>
        <option value="uint">uint</option>
        <option value="null">null</option>
      </select>
      {value === null ? (
        <span className="text-xs text-muted">counts as int8</span>
      ) : (
        <div className="flex items-center gap-1 text-xs text-muted">
          <ParsedText
            label={`Bits of ${label}`}
            written={bits}
            parse={(text) => {
              const number = parseIntText(text);
              const isFine = number !== null && Number(number.text) >= 1 && Number(number.text) <= mostBits;
              return isFine ? `${kind}${number.text}` : null;
            }}
            onValue={(parsed) => set(path, parsed)}
            description="a number of bits from 1 to 64"
            className="w-12 text-right"
          />
          bits
        </div>
      )}
      <span className="font-mono text-xs text-muted" title="Smallest and largest value">
        {range ? `${range.least} … ${range.most}` : ''}
      </span>
    </div>
  );
}
