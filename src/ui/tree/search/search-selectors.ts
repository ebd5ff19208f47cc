import { objectOf, type ConfigObject } from '../../../core/config/value.ts';
import { escapePattern } from '../../../core/python-re/escape.ts';
import type { SearchKind } from '../../../worker/protocol.ts';

/** The pattern that `re.match` matches where the search finds names. */
function patternOf(text: string, by: SearchKind): string {
  switch (by) {
    case 'match':
      return text;
    case 'search':
      return `.*(?:${text})`;
    case 'fullmatch':
      return `(?:${text})\\Z`;
    case 'text':
      return `(?i:.*${escapePattern(text)})`;
  }
}

/** The selectors of a sub-config that selects the finds of a search by name and type; `null` where nothing is searched. */
export function searchSelectors(text: string, by: SearchKind, type: string | null): ConfigObject | null {
  if (text === '' && type === null) return null;
  return objectOf([
    ...(text === '' ? [] : ([['op_names_re', [patternOf(text, by)]]] as const)),
    ...(type === null ? [] : ([['op_types', [type]]] as const)),
  ]);
}
