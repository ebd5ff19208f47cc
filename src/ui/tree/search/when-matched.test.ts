import { expect, test, vi } from 'vitest';
import { objectOf } from '../../../core/config/value.ts';
import { applyPlanEdit } from '../../../core/plan/plan-edits.ts';
import { createPlan } from '../../../core/plan/create-plan.ts';
import { createDerivedStore, type PreviewState } from '../../../store/derived-store.ts';
import { createDocumentStore } from '../../../store/document-store.ts';
import { createViewStore } from '../../../store/view-store.ts';
import { whenMatched } from './when-matched.ts';

const mode = 'pruning';

/** A page in which `text` is typed, and what it knows of the matches of `pattern`. */
function typing(text: string) {
  const config = objectOf([['op_names_re', [text]]]);
  const plan = applyPlanEdit(createPlan(), { type: 'add-sub-config', mode, config });
  const field = { subConfigId: plan.lists[mode][0]!.id, key: 'op_names_re', index: 0 } as const;
  const stores = { document: createDocumentStore(plan), view: createViewStore({ draft: field }), derived: createDerivedStore() };
  const known = (pattern: string, hit: number, invalid = false) => {
    const shown = { type: 'matched', mask: Uint8Array.of(hit) } as unknown as PreviewState['shown'];
    const error = { type: 'invalid' } as unknown as PreviewState['invalid'];
    stores.derived.setState({ preview: { draft: { ...field, pattern }, shown, invalid: invalid ? error : null } });
  };
  const act = vi.fn();
  return { stores, known, act, ask: () => whenMatched(stores, (mask) => act([...mask])) };
}

test('acts at once on the matches of what is typed', () => {
  const { known, act, ask } = typing('layer2');
  known('layer2', 1);
  ask();
  expect(act.mock.calls).toEqual([[[1]]]);
});

test('waits for them while the matches of the letters before are known', () => {
  const { known, act, ask } = typing('layer2');
  known('layer', 1);
  ask();
  expect(act).not.toHaveBeenCalled();
  known('layer2', 0);
  known('layer2', 1);
  expect(act.mock.calls).toEqual([[[0]]]);
});

test('does nothing for a pattern that is not valid, or once the field is left', () => {
  const wrong = typing('layer[');
  wrong.known('layer[', 1, true);
  wrong.ask();
  expect(wrong.act).not.toHaveBeenCalled();
  const left = typing('layer2');
  left.ask();
  left.stores.view.setState({ draft: null });
  left.known('layer2', 1);
  expect(left.act).not.toHaveBeenCalled();
});
