import { describe, expect, it } from 'vitest';
import { spansOf } from './match-span.ts';

describe('the part of a name that a pattern matches', () => {
  it('P13: is where the match starts and ends', () => {
    const span = spansOf('layer[34].*conv', '3.11', 'match');
    expect(span?.('layer3.0.conv1')).toEqual([0, 13]);
    expect(span?.('layer1.0.conv1')).toBeNull();
  });

  it('P1: there is none for a pattern that Python refuses', () => {
    expect(spansOf('layer1[', '3.11', 'match')).toBeNull();
  });

  it('P20a: is given up on a name that would take long, and the next name is still marked', () => {
    const span = spansOf('(?:(a+)+$|b)', '3.11', 'match');
    expect(span?.(`${'a'.repeat(60)}!`)).toBeNull();
    expect(span?.('b')).toEqual([0, 1]);
  });

  it('P20a: all names together have a bound', () => {
    const span = spansOf('(?:(a+)+$|b)', '3.11', 'match');
    for (let at = 0; at < 30; at++) span?.(`${'a'.repeat(60 + at)}!`);
    expect(span?.('b')).toBeNull();
  });
});
