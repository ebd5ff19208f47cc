import { createConfigSchema } from '../../core/config/json-schema.ts';
import type { KeyPath } from '../../core/config/value.ts';
import { modes } from '../../core/config/mode.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import { createJsonEditor, type JsonEditor, type TextBar } from '../../monaco/json-editor.ts';
import { placeInText } from '../../monaco/place-in-text.ts';
import { readListText } from '../../monaco/read-list-text.ts';
import { structureOffersAt } from '../../monaco/structure-offers.ts';
import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ListText, ViewState } from '../../store/view-store.ts';
import { typingPauses } from '../../store/typing-pauses.ts';
import { numbersOfCards } from '../shared/use-number-of.ts';
import { markFindings, markProblem, markRepeatedKeys } from './finding-markers.ts';
import { createListText, discardText, type FollowedText, followList, settle, typeText } from './list-text.ts';
import { markColors } from '../shared/SubConfigMark.tsx';
import { offerNames } from './name-offers.ts';
import { readPageColors, watchPageColors } from './page-colors.ts';

export type EditorApp = Pick<AppContext, 'document' | 'view' | 'derived' | 'actions'>;

/** Actions of the editor for the panel around it. */
export interface JsonBinding {
  readonly format: () => void;
  readonly goToCard: () => void;
  /** Brings the place that breaks the text into view. */
  readonly showProblem: () => void;
  /** Gives up a broken text for the list in force. */
  readonly discard: () => void;
  readonly focus: () => void;
  /** Gives the text colours, folding and hovers; rejects where the code for it cannot be fetched. */
  readonly colorText: () => Promise<void>;
  readonly dispose: () => void;
}

/**
 * Puts an editor into `element` and keeps it in step with the mode's list, both ways. While it has the focus, undo is the editor's
 * own; for the plan, an undo there is one more change of its list.
 */
export function bindJsonEditor(element: HTMLElement, { document, view, derived, actions }: EditorApp): JsonBinding {
  let writing = false;
  /** Id of the undo step: uninterrupted typing is one step. */
  let step = 0;

  const editor: JsonEditor = createJsonEditor(element, {
    label: 'Config list as JSON',
    colors: readPageColors(),
    schemas: Object.fromEntries(modes.map((mode) => [mode, createConfigSchema(mode)])),
    onType: takeIn,
    onUndo: actions.undo,
    onRedo: actions.redo,
    onGoTo: (offset) => goTo(offset),
    onFormat(text) {
      const read = readListText(text);
      return read.ok ? writeJson(read.value.list) : null;
    },
    completion: {
      offerStructure: (text, offset) => structureOffersAt(text, offset, view.getState().mode),
      offerNames: (place) =>
        offerNames(
          {
            mode: view.getState().mode,
            student: derived.getState().student?.tree ?? null,
            teacher: derived.getState().teacher?.tree ?? null,
          },
          place,
        ),
    },
  });

  const listNow = (): readonly SubConfig[] => selectPlan(document.getState()).lists[view.getState().mode];
  const textNow = (): ListText => view.getState().listTexts[view.getState().mode] ?? createListText(listNow());

  function keep(text: ListText): void {
    const { mode, listTexts } = view.getState();
    if (listTexts[mode] !== text) view.setState({ listTexts: { ...listTexts, [mode]: text } });
  }

  function followed({ state, edits }: FollowedText): void {
    editor.applyEdits(edits);
    keep(state);
  }

  function takeIn(text: string, continues: boolean): void {
    const { mode } = view.getState();
    if (!continues) step++;
    const typed = typeText(textNow(), text, listNow());
    if (typed.written) {
      writing = true;
      actions.replaceList(mode, typed.written, `json ${mode} ${step}`);
      writing = false;
      keep(settle(typed.state, listNow()));
    } else {
      followed(typed);
    }
    mark();
  }

  function show(): void {
    const { state } = followList(textNow(), listNow());
    editor.show(view.getState().mode, state.text);
    keep(state);
    markSoon();
  }

  let marking: ReturnType<typeof setTimeout> | undefined;

  /** Marks the text once it is painted: in a list of thousands of sub-configs that takes as long as the change itself. */
  function markSoon(): void {
    clearTimeout(marking);
    marking = setTimeout(mark);
  }

  function mark(): void {
    clearTimeout(marking);
    const { mode } = view.getState();
    const { text, problem } = textNow();
    editor.setMarkers('text', problem ? [markProblem(problem)] : markRepeatedKeys(text));
    // While the text is broken the old marks move along with the typed text.
    if (problem) return;
    editor.setBars(barsOf(text));
    const { lists, listNumbers } = derived.getState();
    const findings = lists[mode]?.findings ?? [];
    editor.setMarkers('findings', markFindings(text, findings, numbersOfCards(listNumbers[mode]), actions.applyFix));
  }

  /** The lines of each sub-config in its colour. */
  function barsOf(text: string): readonly TextBar[] {
    const read = readListText(text);
    if (!read.ok) return [];
    const enabled = listNow().filter((subConfig) => subConfig.enabled);
    return enabled.flatMap(({ color }, index): readonly TextBar[] => {
      const place = read.value.document.locate([index]);
      return place ? [{ ...place, color: color % markColors }] : [];
    });
  }

  function goTo(offset: number): void {
    const read = readListText(textNow().text);
    if (!read.ok) return;
    const [index, ...path] = read.value.document.pathAt(offset);
    const enabled = listNow().filter((subConfig) => subConfig.enabled);
    const subConfig = typeof index === 'number' ? enabled[index] : undefined;
    if (subConfig) actions.reveal({ type: 'sub-config', subConfigId: subConfig.id, path });
  }

  function revealAsked(): void {
    const place = view.getState().reveal?.place;
    if (place?.type !== 'json') return;
    view.setState({ reveal: null });
    catchUp();
    const { text, problem } = textNow();
    // Nothing else can be found in a broken text.
    if (problem) return editor.reveal(problem.offset, problem.length);
    const read = readListText(text);
    if (!read.ok) return;
    const range = placeInText(text, read.value.document, pathInList(listNow(), place.subConfigId, place.path));
    editor.reveal(range.offset, range.length);
  }

  let late: ReturnType<typeof setTimeout> | undefined;

  function follow(): void {
    clearTimeout(late);
    late = undefined;
    followed(followList(textNow(), listNow()));
    markSoon();
  }

  /** Follows a change that waits: from here on the text is read, or typed in. */
  function catchUp(): void {
    if (late !== undefined) follow();
  }

  const stops = [
    document.subscribe((state, before) => {
      const { mode } = view.getState();
      if (writing || selectPlan(state).lists[mode] === selectPlan(before).lists[mode]) return;
      // The page shows a change of a card before its text does. Where the editor has the focus, the next letter may be typed at once.
      if (element.contains(element.ownerDocument.activeElement)) follow();
      else {
        clearTimeout(late);
        late = setTimeout(follow, typingPauses.listText);
      }
    }),
    () => clearTimeout(late),
    () => clearTimeout(marking),
    () => element.removeEventListener('focusin', catchUp),
    view.subscribe((state: ViewState, before: ViewState) => {
      if (state.mode !== before.mode) show();
      if (state.reveal !== before.reveal) revealAsked();
    }),
    derived.subscribe((state, before) => {
      const { mode } = view.getState();
      if (state.lists[mode] !== before.lists[mode]) markSoon();
    }),
    watchPageColors(editor.setColors),
  ];
  element.addEventListener('focusin', catchUp);
  show();
  revealAsked();

  return {
    format: editor.format,
    goToCard: () => goTo(editor.cursor()),
    showProblem() {
      const { problem } = textNow();
      if (problem) editor.reveal(problem.offset, problem.length);
    },
    discard() {
      followed(discardText(textNow(), listNow()));
      mark();
      editor.focus();
    },
    focus: editor.focus,
    colorText: editor.colorTexts,
    dispose() {
      for (const stop of stops) stop();
      editor.dispose();
    },
  };
}

/** A place of the plan's list as one of the list that NNI gets: sub-configs that are off are left out of it. */
function pathInList(list: readonly SubConfig[], subConfigId: string | undefined, path: KeyPath): KeyPath {
  if (subConfigId === undefined) return path;
  const index = list.filter((subConfig) => subConfig.enabled).findIndex(({ id }) => id === subConfigId);
  return index < 0 ? [] : [index, ...path];
}

