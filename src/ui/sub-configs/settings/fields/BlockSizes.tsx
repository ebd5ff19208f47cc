import { Minus, Plus } from 'lucide-react';
import { intOf, isConfigList, isConfigNumber, numberOf, type ConfigValue } from '../../../../core/config/value.ts';
import { formatCount } from '../../../../core/text/format-count.ts';
import { IconButton } from '../../../shared/Button.tsx';
import { formatQuantity } from '../../../shared/format.ts';
import { isDivided, type ShapeFit } from '../../../../core/offers/fit-granularity.ts';
import { fieldId } from '../../card/finding-places.ts';
import { parseIntList, parseIntText } from '../number-text.ts';
import type { TypedFieldProps } from './typed-field.ts';
import { ParsedText } from './ParsedText.tsx';

const fewest = 1;
const most = 8;
const shownAtMost = 3;

/** The size of a block along each dimension, over the shapes that it cuts: the last dimensions are in line. */
export function BlockSizes({ path, label, sizes, fits, onSizes }: Pick<TypedFieldProps, 'path' | 'label'> & {
  readonly sizes: readonly ConfigValue[];
  readonly fits: readonly ShapeFit[];
  readonly onSizes: (sizes: readonly ConfigValue[]) => void;
}) {
  const shown = fits.slice(0, shownAtMost);
  const columns = Math.max(sizes.length, ...shown.map(({ shape }) => shape.length));
  const before = columns - sizes.length;
  // Several sizes in one field, as pasted from a list, set all dimensions.
  const parse = (text: string) => (text.includes(',') ? parseIntList(text) : parseIntText(text));
  const write = (at: number, parsed: ConfigValue) =>
    onSizes(isConfigList(parsed) ? parsed : sizes.with(at, parsed));
  return (
    <div className="overflow-x-auto">
      <table aria-label={`Block sizes of ${label}`} className="text-xs text-muted">
        <tbody>
          <tr>
            <th scope="row" className="pr-2 text-left font-normal">
              sizes
            </th>
            {Array.from({ length: before }, (_, at) => (
              <td key={at} title="A dimension in front that is not named has the size 1" className="px-2 text-right font-mono text-faint">
                1
              </td>
            ))}
            {sizes.map((size, at) => (
              <td key={before + at} className="pr-0.5">
                <ParsedText
                  label={`Block size ${at + 1} of ${label}`}
                  written={isConfigNumber(size) ? size.text : ''}
                  parse={parse}
                  onValue={(parsed) => write(at, parsed)}
                  description="a whole number, or -1 for the whole dimension,"
                  field={at === 0 ? fieldId(path) : fieldId([...path, at])}
                  className="w-10 px-1.5 text-right"
                />
              </td>
            ))}
            <td className="whitespace-nowrap">
              <span className="inline-flex">
                <IconButton
                  size="small"
                  label={`Fewer dimensions of ${label}`}
                  icon={<Minus size={12} />}
                  disabled={sizes.length <= fewest}
                  onClick={() => onSizes(sizes.slice(1))}
                />
                <IconButton
                  size="small"
                  label={`More dimensions of ${label}`}
                  icon={<Plus size={12} />}
                  disabled={sizes.length >= most}
                  onClick={() => onSizes([intOf(1), ...sizes])}
                />
              </span>
            </td>
          </tr>
          {shown.map((fit) => (
            <ShapeRow key={`${fit.target} ${fit.shape.join()}`} fit={fit} sizes={sizes} columns={columns} />
          ))}
        </tbody>
      </table>
      {fits.length > shown.length && (
        <p className="text-xs text-muted">and {formatQuantity(fits.length - shown.length, 'more shape')}</p>
      )}
    </div>
  );
}

/** One shape under the sizes; dimensions that a size does not divide are highlighted. */
function ShapeRow({ fit: { target, shape, count, pieces }, sizes, columns }: {
  readonly fit: ShapeFit;
  readonly sizes: readonly ConfigValue[];
  readonly columns: number;
}) {
  const before = columns - shape.length;
  const sizeAt = (column: number): number => {
    const size = sizes[column - (columns - sizes.length)];
    return isConfigNumber(size) ? numberOf(size) : 1;
  };
  return (
    <tr>
      <th scope="row" className="pr-2 text-left font-mono font-normal">
        {target}
      </th>
      {before > 0 && <td colSpan={before} />}
      {shape.map((length, dimension) => (
        <td
          key={dimension}
          className={`py-0.5 pr-2 text-right font-mono ${isDivided(length, sizeAt(before + dimension)) ? '' : 'text-later underline decoration-2 underline-offset-2'}`}
        >
          {length}
        </td>
      ))}
      <td className={`pl-1 ${pieces === null ? 'text-later' : ''}`}>
        {pieces === null ? 'is not divisible' : `→ ${formatQuantity(pieces, 'piece')}`}
        {count > 1 && ` (${formatCount(count)} modules)`}
      </td>
    </tr>
  );
}
