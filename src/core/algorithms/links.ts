import { isConfigList, type ConfigValue } from '../config/value.ts';

/** The teacher's modules that a target links to; nothing and `auto` mean the module's own name, in a list `auto` is a name (rule X6). */
export function linksOf(link: ConfigValue | undefined, own: string): readonly string[] {
  if (typeof link === 'string') return [link === 'auto' ? own : link];
  if (isConfigList(link)) return link.filter((name) => typeof name === 'string');
  return [own];
}
