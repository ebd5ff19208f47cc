import { describe, expect, it } from 'vitest';
import { explainPattern, type PatternPart } from './explain.ts';
import { compilePattern } from './pattern.ts';

function explain(source: string): readonly PatternPart[] {
  const compiled = compilePattern(source, '3.11');
  if (!compiled.ok) throw new Error(compiled.error.msg);
  return explainPattern(compiled.value);
}

/** Parts as lines, indented by nesting: the source of the part, its kind. */
function lines(source: string, parts: readonly PatternPart[], indent = ''): string[] {
  return parts.flatMap((part) => [
    `${indent}${source.slice(part.from, part.to)} → ${part.text}`,
    ...lines(source, part.parts, `${indent}  `),
  ]);
}

describe('explainPattern', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['layer1', ['layer1 → the text `layer1`']],
    ['\\d+$', [
      '\\d+ → a digit, one or more times, as many as possible',
      '  \\d → a digit',
      '$ → end of the name (or before a line feed that ends it)',
    ]],
    ['.*?x', [
      '.*? → any character except a line feed, zero or more times, as few as possible',
      '  . → any character except a line feed',
      'x → the text `x`',
    ]],
    ['(?P<part>a|bc|)\\1', [
      '(?P<part>a|bc|) → group 1 (part)',
      '  a|bc| → one of 3 alternatives',
      '    a → the text `a`',
      '    bc → the text `bc`',
      '     → nothing',
      '\\1 → the same text as group 1 (part) matched',
    ]],
    ['(?i)ab(?!\\.bn)[^.0-9]', [
      '(?i) → for the whole pattern: case does not count',
      'ab → the text `ab` in any case',
      '(?!\\.bn) → only if this does not follow',
      '  \\.bn → the text `.bn` in any case',
      '[^.0-9] → any character except `.`, `0` to `9` in any case',
    ]],
    ['𐐀(?<=x)y{2,3}+', [
      '𐐀 → the character `𐐀`',
      '(?<=x) → only if this stands right before',
      '  x → the text `x`',
      'y{2,3}+ → the text `y`, 2 to 3 times, as many as possible, none given back',
      '  y → the text `y`',
    ]],
  ];

  it.each(cases)('P21: %s', (source, wanted) => {
    expect(lines(source, explain(source))).toEqual(wanted);
  });
});
