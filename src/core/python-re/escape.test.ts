import { describe, expect, it } from 'vitest';
import { escapePattern } from './escape.ts';

describe('escapePattern', () => {
  it.each([
    ['layer1.0.conv1', 'layer1\\.0\\.conv1'],
    ['a-b c#d&e~f', 'a\\-b\\ c\\#d\\&e\\~f'],
    ['"%\'/,:;<=>@_`!é\0', '"%\'/,:;<=>@_`!é\0'],
    ['()[]{}?*+|^$\\\n\t\v\f\r', '\\(\\)\\[\\]\\{\\}\\?\\*\\+\\|\\^\\$\\\\\\\n\\\t\\\v\\\f\\\r'],
  ])('P22: %j', (text, wanted) => {
    expect(escapePattern(text)).toBe(wanted);
  });
});
