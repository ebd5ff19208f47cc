import { describe, expect, test } from 'vitest';
import { completionPlaceAt, wantsListAt } from './completion-place.ts';

describe('completionPlaceAt', () => {
  // The cursor is at the bar.
  const cases: readonly [text: string, wanted: string | null, typed?: string, replaced?: string][] = [
    ['[{"op_names": ["lay|"]}]', 'module', 'lay', '"lay"'],
    ['[{"op_names": ["a", |]}]', 'module', '', ''],
    ['[{"op_names": ["a", "lay|er1"', 'module', 'lay', '"layer1"'],
    ['[{"exclude_op_names": ["|"]}]', 'module', '', '""'],
    ['[{"op_types": ["Co|"]}]', 'module-type', 'Co', '"Co"'],
    ['[{"exclude_op_types": [|]}]', 'module-type', '', ''],
    ['[{"target_names": ["_in|"]}]', 'target', '_in', '"_in"'],
    ['[{"target_settings": {"wei|"}}]', 'target', 'wei', '"wei"'],
    ['[{"target_settings": {"weight": {"sparse|"}}}]', null],
    ['[{"target_settings": {"bias": {"align": {"module_name": "fc|"}}}}]', 'module', 'fc', '"fc"'],
    ['[{"align": {"target_name": "|"}}]', 'target', '', '""'],
    ['[{"fuse_names": [["conv1", "b|"]]}]', 'module', 'b', '"b"'],
    ['[{"link": "enc|"}]', 'teacher-module', 'enc', '"enc"'],
    ['[{"link": ["enc|"]}]', 'teacher-module', 'enc', '"enc"'],
    ['[{"op_names_re": ["lay|"]}]', 'pattern', 'lay', '"lay"'],
    ['[{"exclude_op_names_re": ["layer1\\\\.|"]}]', 'pattern', 'layer1\\.', '"layer1\\\\."'],
    ['[{"op_na|"}]', null],
    ['[{"op_types": Con|}]', 'module-type', 'Con', 'Con'],
    ['[{"op_names": layer1.0|', 'module', 'layer1.0', 'layer1.0'],
    ['[{"sparse_ratio": |}]', null],
    ['|', null],
  ];
  test.each(cases)('%s', (marked, wanted, typed, replaced) => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const place = completionPlaceAt(text, offset);
    expect(place?.wanted ?? null).toBe(wanted);
    if (place) {
      expect(place.typed).toBe(typed);
      expect(text.slice(place.offset, place.offset + place.length)).toBe(replaced);
    }
  });
});

test.each([
  ['[{"op_types": |}]', true],
  ['[{"op_types":|', true],
  ['[{"op_types": ["|"]}]', false],
  ['[{"op_types": [|]}]', false],
  ['[{"sparse_ratio": |}]', false],
  ['[{"|"}]', false],
])('a list is offered where one is wanted: %s', (marked, wanted) => {
  const offset = marked.indexOf('|');
  expect(wantsListAt(marked.replace('|', ''), offset)).toBe(wanted);
});
