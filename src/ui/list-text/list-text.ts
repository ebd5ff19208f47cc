import { exportedList } from '../../core/plan/export-list.ts';
import type { ConfigObject } from '../../core/config/value.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import { isSameText, patchJsonText } from '../../monaco/patch-json-text.ts';
import { readListText } from '../../monaco/read-list-text.ts';
import { applyTextEdits, smallestEdit, type TextEdit } from '../../monaco/text-edit.ts';
import type { ListText } from '../../store/view-store.ts';

/**
 * The text that a list was last shown or typed as. Lists are immutable and undo brings the very same one back, and
 * with it the text as its writer had laid it out.
 */
const textOfList = new WeakMap<readonly SubConfig[], string>();

/** A text and the edits that lead to it from the one before. */
export interface FollowedText {
  readonly state: ListText;
  readonly edits: readonly TextEdit[];
}

/** The text of a list that no editor has shown yet. */
export function createListText(list: readonly SubConfig[]): ListText {
  return inStep(textOfList.get(list) ?? writeJson(exportedList(list)), list);
}

/**
 * The text after the list was changed elsewhere: by the least edits while it is valid. A broken text is its
 * writer's and stays; that the list has changed is noted.
 */
export function followList(state: ListText, list: readonly SubConfig[]): FollowedText {
  if (state.problem) {
    const overtaken = !sameConfigs(state.list, list);
    return { state: { ...state, overtaken, ...(overtaken ? {} : { list }) }, edits: [] };
  }
  if (state.list === list) return { state, edits: [] };
  return turnInto(state.text, list);
}

/** The state after the user typed a text. */
export interface TypedText extends FollowedText {
  /** The list to put in force, or `null` when it stays as it is. */
  readonly written: readonly ConfigObject[] | null;
}

/** Takes over the user's typed text while `list` is in force. After a `written` list was put in force, call `settle`. */
export function typeText(state: ListText, text: string, list: readonly SubConfig[]): TypedText {
  const read = readListText(text);
  if (!read.ok) return { state: { ...state, text, problem: read.error }, edits: [], written: null };
  if (state.overtaken && isSameText(read.value.list, exportedList(state.list))) {
    // The user took back the broken part: nothing of theirs is left to keep.
    return { ...turnInto(text, list), written: null };
  }
  if (isSameText(read.value.list, exportedList(list))) return { state: inStep(text, list), edits: [], written: null };
  return { state: { ...state, text, problem: null, overtaken: false }, edits: [], written: read.value.list };
}

/** Records that the plan's list now equals the text. */
export function settle(state: ListText, list: readonly SubConfig[]): ListText {
  return inStep(state.text, list);
}

/** Gives up a broken text for the list in force. */
export function discardText(state: ListText, list: readonly SubConfig[]): FollowedText {
  const base = textOfList.get(state.list) ?? writeJson(exportedList(state.list));
  const { state: followed } = turnInto(base, list);
  const edit = smallestEdit(state.text, followed.text);
  return { state: followed, edits: edit ? [edit] : [] };
}

function turnInto(text: string, list: readonly SubConfig[]): FollowedText {
  const known = textOfList.get(list);
  if (known !== undefined) {
    const edit = smallestEdit(text, known);
    return { state: inStep(known, list), edits: edit ? [edit] : [] };
  }
  const read = readListText(text);
  const edits = patchJsonText(text, exportedList(list), read.ok ? read.value.document : undefined);
  return { state: inStep(applyTextEdits(text, edits), list), edits };
}

function inStep(text: string, list: readonly SubConfig[]): ListText {
  textOfList.set(list, text);
  return { text, list, problem: null, overtaken: false };
}

function sameConfigs(a: readonly SubConfig[], b: readonly SubConfig[]): boolean {
  return a === b || isSameText(exportedList(a), exportedList(b));
}
