import { afterEach, describe, expect, test } from 'vitest';
import { objectOf } from '../../core/config/value.ts';
import { commit } from '../../core/plan/commit.ts';
import { createHistory, undo } from '../../core/plan/history.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import { succeed } from '../../core/result.ts';
import { createDerivedStore } from '../../store/derived-store.ts';
import { createDocumentStore } from '../../store/document-store.ts';
import { createViewStore, type PatternDraft } from '../../store/view-store.ts';
import type { EngineClient } from '../../worker/client.ts';
import type { EngineCalls, OpenedTree } from '../../worker/protocol.ts';
import type { PreviewView } from '../../worker/list-protocol.ts';
import { createDraftPreviews, type DraftPreviews } from './draft-previews.ts';
import type { Parts } from '../parts.ts';

const config = objectOf([['op_names_re', ['layer1']]]);
const student = (name: string) => ({ reference: { digest: name } }) as unknown as OpenedTree;
const hits = (count: number): PreviewView => ({
  type: 'matched',
  mask: new Uint8Array(count),
  matchedBlocks: new Uint32Array(1),
  count,
  slowSeconds: null,
});

let previews: DraftPreviews;
afterEach(() => previews.dispose());

/** A plan with one pattern that is being typed; requests to the engine wait in `asked` until they are answered. */
function typing() {
  const document = createDocumentStore(createPlan());
  const start = commit(createHistory(createPlan()), [{ type: 'add-sub-config', mode: 'pruning', config }], { time: 0 });
  document.setState({ history: start });
  const { id } = start.present.lists.pruning[0]!;
  const view = createViewStore();
  const derived = createDerivedStore();
  derived.setState({ student: student('first') });
  const asked: { readonly request: EngineCalls['preview']['request']; readonly answer: (count: number) => Promise<void> }[] = [];
  const engine = {
    call: (_call: string, request: EngineCalls['preview']['request']) =>
      new Promise((resolve) => {
        const answer = async (count: number) => {
          resolve(succeed(hits(count)));
          await Promise.resolve().then(() => undefined);
        };
        asked.push({ request, answer });
      }),
  } as unknown as EngineClient;
  const instant: Parts['instant'] = { preview: () => null, dispose: () => undefined };
  previews = createDraftPreviews({ document, view, derived, engine, instant });
  const draft: PatternDraft = { subConfigId: id, key: 'op_names_re', index: 0, pattern: 'layer1' };
  const write = (pattern: string) => {
    const edit = { type: 'set-config', mode: 'pruning', id, config: objectOf([['op_names_re', [pattern]]]), label: '' } as const;
    document.setState(({ history }) => ({ history: commit(history, [edit], { time: 1 }) }));
  };
  return { document, view, derived, asked, draft, write };
}

describe('the preview of the pattern that is typed', () => {
  test('is that of the text again that undo brings back', async () => {
    const { document, view, derived, asked, draft, write } = typing();
    previews.preview({ ...draft, pattern: 'layer1x' });
    write('layer1x');
    document.setState(({ history }) => ({ history: undo(history) }));
    expect(view.getState().draft).toEqual({ subConfigId: draft.subConfigId, key: 'op_names_re', index: 0 });
    expect(asked.map(({ request }) => request.pattern)).toEqual(['layer1x', 'layer1']);
    await asked[1]!.answer(13);
    await asked[0]!.answer(0);
    expect(derived.getState().preview?.shown?.count).toBe(13);
  });

  test('tells the readers of the view of a field, not of each letter in it', () => {
    const { view, asked, draft } = typing();
    let heard = 0;
    view.subscribe(() => heard++);
    for (const pattern of ['l', 'la', 'lay']) previews.preview({ ...draft, pattern });
    expect([heard, asked.length]).toEqual([1, 3]);
    previews.preview({ ...draft, index: 1, pattern: 'x' });
    expect([heard, view.getState().draft?.index]).toEqual([2, 1]);
  });

  test('goes with the field', async () => {
    const { document, view, derived, asked, draft } = typing();
    previews.preview(draft);
    await asked[0]!.answer(13);
    expect(derived.getState().preview?.shown?.count).toBe(13);
    document.setState(({ history }) => ({ history: undo(history) }));
    expect(view.getState().draft).toBeNull();
    expect(derived.getState().preview).toBeNull();
  });

  test('goes wherever nothing is typed any more', async () => {
    const { view, derived, asked, draft } = typing();
    previews.preview(draft);
    await asked[0]!.answer(13);
    view.setState({ mode: 'quantization', draft: null });
    expect(derived.getState().preview).toBeNull();
  });

  test('is asked for again for another model, whose rows the old answer does not reach', async () => {
    const { derived, asked, draft } = typing();
    previews.preview(draft);
    derived.setState({ student: student('second') });
    await asked[0]!.answer(13);
    expect(derived.getState().preview).toBeNull();
    await asked[1]!.answer(2);
    expect(derived.getState().preview?.shown?.count).toBe(2);
  });

  test('P1: is asked for again for another version of Python', () => {
    const { document, asked, draft } = typing();
    previews.preview(draft);
    document.setState(({ history }) => ({ history: commit(history, [{ type: 'set-python', python: '3.8' }], { time: 2 }) }));
    expect(asked.map(({ request }) => request.python)).toEqual(['3.11', '3.8']);
  });
});
