import { intOf, type ConfigValue } from '../../config/value.ts';

/** The usual value of each key of `align`, and how it is written: the mask of the same module's weight, by its rows (rule V3). */
export const usualAlign: Readonly<Record<string, readonly [value: ConfigValue, written: string]>> = {
  module_name: [null, 'null'],
  target_name: ['weight', '"weight"'],
  dims: [[intOf(0)], '[0]'],
};
