import * as monaco from 'monaco-editor/editor';
import type { JsonSchema } from '../core/config/json-schema.ts';
import type { EditorColors } from './editor-theme.ts';
import { createMarkerBook, type TextMarker } from './marker-book.ts';
import { listLanguages } from './list-languages.ts';
import { applyTheme, fetchJsonMode, prepareMonaco, setSchemas } from './monaco-setup.ts';
import { offerCompletions, type CompletionSources } from './offer-completions.ts';
import type { TextEdit } from './text-edit.ts';
import { createTypingRun } from './typing-run.ts';

export interface JsonEditorOptions {
  /** The accessible name of the text field. */
  readonly label: string;
  readonly colors: EditorColors;
  /** The document that a schema is for → the schema. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The user changed the text; `continues`: by typing on where the change before ended, or by undoing on. */
  readonly onType: (text: string, continues: boolean) => void;
  /** Undo and redo were pressed before anything was typed. */
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** The user asks for the card that belongs to the text at `offset`. */
  readonly onGoTo: (offset: number) => void;
  /** The formatted text, or `null` while it is broken. */
  readonly onFormat: (text: string) => string | null;
  readonly completion: CompletionSources;
}

/** Lines that belong to a sub-config; `color` is an index into the palette. */
export interface TextBar {
  readonly offset: number;
  readonly length: number;
  readonly color: number;
}

/** An editor for several JSON texts; it shows one of them. It does not depend on lists, stores or React. */
export interface JsonEditor {
  /** Shows a document; when it is new, or its text differs, with `text`. */
  readonly show: (document: string, text: string) => void;
  readonly text: () => string;
  /** Gives the texts colours, folding and hovers. Rejects where the code for it cannot be fetched: then the texts stay plain. */
  readonly colorTexts: () => Promise<void>;
  /** Changes the text from outside: not reported to `onType`. Cursor and scroll position stay. */
  readonly applyEdits: (edits: readonly TextEdit[]) => void;
  /** Marks places of the shown text, in place of the earlier marks of `owner`. */
  readonly setMarkers: (owner: string, markers: readonly TextMarker[]) => void;
  /** Draws a bar next to the lines of each range, in a colour of sub-configs. */
  readonly setBars: (bars: readonly TextBar[]) => void;
  /** Selects a range and brings it into view. */
  readonly reveal: (offset: number, length: number) => void;
  readonly focus: () => void;
  readonly cursor: () => number;
  readonly format: () => void;
  readonly setColors: (colors: EditorColors) => void;
  readonly dispose: () => void;
}

/** One of the texts of an editor. */
interface ShownText {
  readonly model: monaco.editor.ITextModel;
  view: monaco.editor.ICodeEditorViewState | null;
  /** Something was typed in it: from then on its undo has every change of the text. */
  isTyped: boolean;
}

/** Creates an editor inside `element`, which must have a size. */
export function createJsonEditor(element: HTMLElement, options: JsonEditorOptions): JsonEditor {
  prepareMonaco();
  setSchemas(options.schemas);
  applyTheme(options.colors);
  const models = new Map<string, ShownText>();
  const editor = monaco.editor.create(element, { ...editorOptions, autoDetectHighContrast: false, ariaLabel: options.label, model: null });
  const book = createMarkerBook(editor);
  const bars = editor.createDecorationsCollection();
  let shown: string | null = null;
  let language: (typeof listLanguages)[number] = 'plaintext';
  let fromOutside = false;
  /** The change before was an undo or a redo. */
  let wasStep = false;
  const run = createTypingRun();

  const disposables: monaco.IDisposable[] = [
    editor.onDidChangeModelContent(({ changes, isUndoing, isRedoing }) => {
      if (fromOutside) return;
      const isStep = isUndoing || isRedoing;
      const continues = isStep ? wasStep : run.continues(changes);
      if (isStep) run.end();
      wasStep = isStep;
      const entry = shown === null ? undefined : models.get(shown);
      if (entry) entry.isTyped = true;
      options.onType(editor.getValue(), continues);
    }),
    editor.onKeyDown(({ browserEvent: { key, ctrlKey, altKey, metaKey } }) => {
      const [model, selection] = [editor.getModel(), editor.getSelection()];
      if ((key !== '[' && key !== '{') || (ctrlKey && !altKey) || metaKey || !model || !selection?.equalsRange(model.getFullModelRange())) return;
      // The editor closes a bracket only where it is typed into the text: who selects all and begins anew wants it closed, too.
      editor.executeEdits('begin-anew', [{ range: selection, text: '' }]);
    }),
    offerCompletions(editor, options.completion),
    monaco.languages.registerDocumentFormattingEditProvider([...listLanguages], {
      provideDocumentFormattingEdits(model) {
        const text = options.onFormat(model.getValue());
        return text === null ? [] : [{ range: model.getFullModelRange(), text }];
      },
    }),
  ];
  const isTyped = () => shown !== null && models.get(shown)?.isTyped === true;
  addActions(editor, options, isTyped);

  return {
    show(document, text) {
      const before = shown === null ? undefined : models.get(shown);
      if (before) before.view = editor.saveViewState();
      const entry = models.get(document) ?? { model: createModel(document, text, language), view: null, isTyped: false };
      models.set(document, entry);
      shown = document;
      run.end();
      fromOutside = true;
      if (entry.model.getValue() !== text) {
        entry.model.setValue(text);
        entry.isTyped = false;
      }
      editor.setModel(entry.model);
      fromOutside = false;
      if (entry.view) editor.restoreViewState(entry.view);
    },
    text: () => editor.getValue(),
    async colorTexts() {
      await fetchJsonMode();
      language = 'json';
      for (const { model } of models.values()) if (!model.isDisposed()) monaco.editor.setModelLanguage(model, language);
    },
    applyEdits(edits) {
      const model = editor.getModel();
      if (!model || edits.length === 0) return;
      run.end();
      fromOutside = true;
      const operations = edits.map(({ offset, length, text }) => ({ range: rangeOf(model, offset, length), text }));
      if (isTyped()) {
        model.pushStackElement();
        model.pushEditOperations(editor.getSelections(), operations, () => null);
        model.pushStackElement();
      } else model.applyEdits(operations);
      fromOutside = false;
    },
    setMarkers: book.set,
    setBars(wanted) {
      const model = editor.getModel();
      if (!model) return;
      bars.set(
        wanted.map(({ offset, length, color }) => ({
          range: rangeOf(model, offset, length),
          options: { isWholeLine: true, linesDecorationsClassName: `sub-config-bar sub-config-bar-${color}` },
        })),
      );
    },
    reveal(offset, length) {
      const model = editor.getModel();
      if (!model) return;
      const range = rangeOf(model, offset, length);
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range);
      editor.focus();
    },
    focus: () => editor.focus(),
    cursor: () => offsetOfCursor(editor),
    format: () => void editor.getAction('editor.action.formatDocument')?.run(),
    setColors: applyTheme,
    dispose() {
      disposables.forEach((disposable) => disposable.dispose());
      book.dispose();
      editor.dispose();
      for (const { model } of models.values()) model.dispose();
    },
  };
}

const editorOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: 'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", "DejaVu Sans Mono", monospace',
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
  renderLineHighlight: 'line',
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  wordWrap: 'on',
  fixedOverflowWidgets: true,
  padding: { top: 8, bottom: 8 },
  quickSuggestions: { strings: true, other: true, comments: false },
  suggest: { showIcons: false },
  wordBasedSuggestions: 'off',
  // A bracket typed over a selection replaces it: who selects all and begins anew does not want the old text inside.
  autoSurround: 'quotes',
  // A comma or bracket that ends a value must not take a suggestion along.
  acceptSuggestionOnCommitCharacter: false,
  occurrencesHighlight: 'off',
  stickyScroll: { enabled: false },
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  unicodeHighlight: { ambiguousCharacters: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: true, bracketPairs: false },
  accessibilitySupport: 'auto',
};

function addActions(editor: monaco.editor.IStandaloneCodeEditor, options: JsonEditorOptions, isTyped: () => boolean): void {
  const { KeyCode, KeyMod } = monaco;
  // Once something was typed, the editor undoes by words; before, the plan's steps.
  const undo = () => {
    if (isTyped()) void editor.getModel()?.undo();
    else options.onUndo();
  };
  const redo = () => {
    if (isTyped()) void editor.getModel()?.redo();
    else options.onRedo();
  };
  editor.addAction({
    id: 'espalier.undo',
    label: 'Undo',
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyZ],
    run: undo,
  });
  editor.addAction({
    id: 'espalier.redo',
    label: 'Redo',
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyY, KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ],
    run: redo,
  });
  editor.addAction({
    id: 'espalier.go-to-card',
    label: 'Go to the card',
    keybindings: [KeyCode.F12],
    contextMenuGroupId: 'navigation',
    run: () => options.onGoTo(offsetOfCursor(editor)),
  });
}

function createModel(document: string, text: string, language: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.parse(`inmemory://lists/${document}.json`);
  monaco.editor.getModel(uri)?.dispose();
  const model = monaco.editor.createModel('', language, uri);
  // The editor colours no brackets. The text would look for their pairs nonetheless, in all of a long list.
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  model.setValue(text);
  return model;
}

function rangeOf(model: monaco.editor.ITextModel, offset: number, length: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(offset), model.getPositionAt(offset + length));
}

function offsetOfCursor(editor: monaco.editor.IStandaloneCodeEditor): number {
  const position = editor.getPosition();
  return position ? (editor.getModel()?.getOffsetAt(position) ?? 0) : 0;
}
