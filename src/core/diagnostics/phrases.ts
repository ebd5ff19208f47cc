import { formatQuantity } from '../text/format-count.ts';

/** At most this many characters of a name or value are shown; the place of the finding has the rest. */
const mostShown = 120;

/** A name or value of any length, cut in the middle when it is long. */
export function shortened(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown - 30)} … ${text.slice(-27)}`;
}

/** ` and 3 more modules` of four; nothing of one. */
export function andMore(count: number, noun = 'module'): string {
  return count > 1 ? ` and ${formatQuantity(count - 1, `more ${noun}`)}` : '';
}

/** `sparse_ratio`, or `sparse_ratio of weight` for one of the settings of a target, from a path with dots. */
export function keyPlace(place: string): string {
  const [, target, key] = /^target_settings\.(.*)\.([^.]*)$/s.exec(place) ?? [];
  return target === undefined ? place : `${key ?? ''} of ${target}`;
}
