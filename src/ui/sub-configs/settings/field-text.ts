import { isConfigList, isConfigNumber, type ConfigNumber, type ConfigValue } from '../../../core/config/value.ts';
import { parseFloatText, parseIntText } from './number-text.ts';

/** Numbers, strings and lists of them as a person types them. */
export function textOf(value: ConfigValue): string {
  if (isConfigNumber(value)) return value.text;
  if (isConfigList(value)) return `[${value.map(textOf).join(', ')}]`;
  return typeof value === 'string' ? value : '';
}

/** Names between commas, without empty ones. */
export function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A group of names as `namesIn` reads it. */
export function namesText(group: ConfigValue): string {
  return isConfigList(group) ? group.map(textOf).join(', ') : '';
}

/** Reads a number of the kind that a key takes; `null` when it is none. */
export function parseNumberOf(kind: 'float' | 'int', text: string): ConfigNumber | null {
  return kind === 'int' ? parseIntText(text) : parseFloatText(text);
}
