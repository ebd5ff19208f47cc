import type { TreeRename } from '../module-tree/compare-trees.ts';
import { escapePattern } from '../python-re/escape.ts';

/**
 * Ways in which a pattern may be rewritten so that it matches the new names, the plainest first (rule T27). Which of
 * them is right, if any, is for the caller to find by running them.
 */
export function rewritesOfPattern(pattern: string, { type, text }: Pick<TreeRename, 'type' | 'text'>): readonly string[] {
  // A pattern that writes its dots bare is left in its own hand.
  const isBare = /(?<!\\)\.(?![*+?{])/.test(pattern) && !pattern.includes('\\.');
  const written = isBare ? text : escapePattern(text);
  const [, flags = '', body = pattern] = /^(\(\?[aiLmsux]+\))?(.*)$/s.exec(pattern) ?? [];
  const alternatives = splitAlternatives(body);
  const each = (change: (alternative: string) => string) => flags + alternatives.map(change).join('|');
  const behindAnchor = (alternative: string, put: string) => {
    const anchor = /^(?:\^|\\A)+/.exec(alternative)?.[0] ?? '';
    return anchor + put + alternative.slice(anchor.length);
  };
  const spellings = [escapePattern(text), text, text.replaceAll('.', '[.]')];
  const tried: string[] = [];
  if (type === 'add-prefix') {
    if (alternatives.length === 1) tried.push(each((alternative) => behindAnchor(alternative, written)));
    else tried.push(`${flags}${written}(?:${body})`, each((alternative) => behindAnchor(alternative, written)));
  } else if (type === 'remove-prefix') {
    for (const spelling of spellings) {
      tried.push(each((alternative) => withoutStart(alternative, spelling)));
      tried.push(pattern.replaceAll(spelling, ''));
    }
  } else if (type === 'remove-segment') {
    for (const spelling of spellings) tried.push(pattern.replaceAll(spelling, ''));
  } else {
    tried.push(each((alternative) => behindAnchor(alternative, written)));
    const dots = [...pattern.matchAll(isBare ? /(?<!\\)\.(?![*+?{])/g : /\\\.|\[\.\]/g)];
    for (const { index, 0: dot } of dots) {
      const at = index + dot.length;
      tried.push(pattern.slice(0, at) + written + pattern.slice(at));
    }
    const optional = `(?:${written})?`;
    tried.push(pattern.replace(isBare ? /(?<!\\)\.(?![*+?{])/g : /\\\.|\[\.\]/g, (dot) => dot + optional));
  }
  return [...new Set(tried)].filter((candidate) => candidate !== pattern);
}

function withoutStart(alternative: string, spelling: string): string {
  const anchor = /^(?:\^|\\A)+/.exec(alternative)?.[0] ?? '';
  const rest = alternative.slice(anchor.length);
  return rest.startsWith(spelling) ? anchor + rest.slice(spelling.length) : alternative;
}

/** The alternatives at the outermost level of a pattern. */
function splitAlternatives(pattern: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern[at];
    if (unit === '\\') at++;
    else if (inClass) inClass = unit !== ']';
    else if (unit === '[') {
      inClass = true;
      if (pattern[at + 1] === '^') at++;
      // A bracket that comes first in a class is one of its characters.
      if (pattern[at + 1] === ']') at++;
    } else if (unit === '(') depth++;
    else if (unit === ')') depth--;
    else if (unit === '|' && depth === 0) {
      parts.push(pattern.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, pattern.slice(start)];
}
