import { markColors } from '../shared/SubConfigMark.tsx';

/** The id of the hatching for a sub-config colour. */
export function hatchingId(color: number): string {
  return `band-hatching-${color}`;
}

/** Degrees of the lines; colours beyond them get lines with smaller gaps. */
const angles = [45, -45, 0, 90];

/** One hatching for each sub-config colour, for forced colours, which leave no colour to distinguish sub-configs. */
export function BandHatchings() {
  return (
    <defs>
      {Array.from({ length: markColors }, (_, color) => {
        const distance = color < angles.length ? 8 : 4;
        return (
          <pattern
            key={color}
            id={hatchingId(color)}
            width={distance}
            height={distance}
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${angles[color % angles.length]!})`}
          >
            <rect width={distance} height={distance} className="forced-colors:fill-[Canvas]" />
            <rect width={1} height={distance} className="forced-colors:fill-[CanvasText]" />
          </pattern>
        );
      })}
    </defs>
  );
}
