import type { DictRule, ValueRule } from './config-schema.ts';
import { pythonRepr } from './python-repr.ts';

/** A rule as the checker prints it. */
export function ruleRepr(rule: ValueRule): string {
  switch (rule.type) {
    case 'exactly':
      return pythonRepr(rule.value);
    case 'kind':
      return `<class '${rule.kind}'>`;
    case 'range':
      return '<lambda>';
    case 'list':
      return rule.container === 'list' ? `[${ruleRepr(rule.item)}]` : `(${ruleRepr(rule.item)},)`;
    case 'any-of':
      return `Or(${rule.options.map(ruleRepr).join(', ')})`;
    case 'dict':
      return 'dict';
  }
}

const kindWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  float: 'a number with a decimal point',
  str: 'a text',
  list: 'a list',
  dict: 'a dict',
  tuple: 'a tuple',
};

/** A rule in words, for people: `one of "mul", "add"`, `a list of texts`. */
export function describeRule(rule: ValueRule): string {
  switch (rule.type) {
    case 'exactly':
      return rule.value === null ? 'null' : `"${rule.value}"`;
    case 'kind':
      return kindWords[rule.kind]!;
    case 'range':
      return rule.range === 'above-0-to-1' ? 'a number above 0, up to 1' : 'a number from 0, below 1';
    case 'list':
      return rule.item.type === 'list' ? 'a list of lists of texts' : 'a list of texts';
    case 'any-of': {
      // A tuple cannot be written in JSON, so no message asks for one.
      const options = rule.options.filter((option) => !(option.type === 'list' && option.container === 'tuple'));
      return options.map(describeRule).join(', or ').replaceAll('", or "', '", "');
    }
    case 'dict':
      return describeDict(rule.keys);
  }
}

function describeDict(keys: DictRule): string {
  if (keys.type === 'any-key') return 'a dict of target settings';
  if (keys.keys.length > 3) return 'a dict of settings';
  return `a dict with ${keys.keys.flatMap((key) => key.names).join(', ')}`;
}
