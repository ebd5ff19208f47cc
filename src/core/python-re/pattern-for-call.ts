import { flagBits, type PatternNode, type Sequence } from './parse/ast.ts';
import type { MatchMode } from './match/match-name.ts';
import type { CompiledPattern } from './pattern.ts';
import { compileProgram } from './match/compile-program.ts';

const calls = new WeakMap<CompiledPattern, Map<MatchMode, CompiledPattern>>();

/**
 * The pattern that `re.match` matches where `re.search` or `re.fullmatch` matches the given one (rule P23), so that
 * lists of names are swept for either as fast. Only whether a name matches is the same, not where.
 */
export function patternForCall(pattern: CompiledPattern, mode: MatchMode): CompiledPattern {
  if (mode === 'match') return pattern;
  const known = calls.get(pattern) ?? new Map<MatchMode, CompiledPattern>();
  calls.set(pattern, known);
  const made = known.get(mode);
  if (made) return made;
  const { parsed } = pattern;
  const changed = { ...parsed, body: mode === 'search' ? [anything, ...parsed.body] : toTheEnd(parsed.body) };
  const call = { ...pattern, parsed: changed, program: compileProgram(changed, Number(pattern.python.slice(2))) };
  known.set(mode, call);
  return call;
}

const nowhere = { from: 0, to: 0 };

/** `(?s:.*?)` */
const anything: PatternNode = {
  type: 'group',
  group: null,
  name: null,
  added: flagBits.dotAll,
  removed: 0,
  body: [{ type: 'repeat', least: 0, most: Infinity, kind: 'lazy', item: { type: 'any', ...nowhere }, ...nowhere }],
  ...nowhere,
};

/** `(?:body)\Z` */
function toTheEnd(body: Sequence): Sequence {
  return [
    { type: 'group', group: null, name: null, added: 0, removed: 0, body, ...nowhere },
    { type: 'at', at: 'end-string', ...nowhere },
  ];
}
