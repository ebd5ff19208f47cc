import type { ListAssertion } from '../core/checks/check-assertions.ts';
import { isConfigList, type ConfigObject } from '../core/config/value.ts';
import { needsUnicodeNames } from '../core/python-re/pattern.ts';

/** Whether an assertion has a pattern that may hold `\N{…}`, whose table is loaded on first use. */
export function assertsCharacterName({ demand }: ListAssertion): boolean {
  return 'pattern' in demand && needsUnicodeNames(demand.pattern);
}

/** Whether a pattern of the sub-config may hold `\N{…}`. */
export function holdsCharacterName(config: ConfigObject): boolean {
  return config.entries.some(
    ([key, value]) =>
      key.endsWith('_re') &&
      isConfigList(value) &&
      value.some((pattern) => typeof pattern === 'string' && needsUnicodeNames(pattern)),
  );
}
