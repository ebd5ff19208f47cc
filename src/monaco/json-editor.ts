import * as monaco from 'monaco-editor/editor';
import type { JsonSchema } from '../core/config/json-schema.ts';
import type { CompletionPlace, NameOffer } from './completion-place.ts';
import type { EditorColors } from './editor-theme.ts';
import { createMarkerBook, type TextMarker } from './marker-book.ts';
import { applyTheme, prepareMonaco, setSchemas } from './monaco-setup.ts';
import { offerCompletions } from './offer-completions.ts';
import type { TextEdit } from './text-edit.ts';
import { createTypingRun } from './typing-run.ts';

export interface JsonEditorOptions {
  /** The accessible name of the text field. */
  readonly label: string;
  readonly colors: EditorColors;
  /** The document that a schema is for → the schema. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The user changed the text; `continues`: by typing on where the change before ended. */
  readonly onType: (text: string, continues: boolean) => void;
  /** Undo and redo were pressed; `true`: done, `false`: the editor undoes its own typing. */
  readonly onUndo: () => boolean;
  readonly onRedo: () => boolean;
  /** The user asks for the card that belongs to the text at `offset`. */
  readonly onGoTo: (offset: number) => void;
  /** The formatted text, or `null` while it is broken. */
  readonly onFormat: (text: string) => string | null;
  readonly offerNames: (place: CompletionPlace) => readonly NameOffer[];
}

/** Lines that belong to a sub-config; `color` is an index into the palette. */
export interface TextBar {
  readonly offset: number;
  readonly length: number;
  readonly color: number;
}

/** An editor for several JSON texts, one of which shows. Knows nothing of lists, stores or React. */
export interface JsonEditor {
  /** Shows a document; when it is new, or its text differs, with `text`. */
  readonly show: (document: string, text: string) => void;
  readonly text: () => string;
  /** Changes the text from outside: not reported to `onType`. Cursor and scroll position stay. */
  readonly applyEdits: (edits: readonly TextEdit[]) => void;
  /** Ends a step of the editor's own undo: what is typed next is undone apart. */
  readonly endStep: () => void;
  /** Marks places of the shown text, instead of those that `owner` marked before. */
  readonly setMarkers: (owner: string, markers: readonly TextMarker[]) => void;
  /** Draws a bar beside the lines of each range, in a colour of sub-configs. */
  readonly setBars: (bars: readonly TextBar[]) => void;
  /** Selects a range and brings it into view. */
  readonly reveal: (offset: number, length: number) => void;
  readonly focus: () => void;
  readonly cursor: () => number;
  readonly format: () => void;
  readonly setColors: (colors: EditorColors) => void;
  readonly dispose: () => void;
}

/** Creates an editor inside `element`, which must have a size. */
export function createJsonEditor(element: HTMLElement, options: JsonEditorOptions): JsonEditor {
  prepareMonaco();
  setSchemas(options.schemas);
  applyTheme(options.colors);
  const models = new Map<string, { model: monaco.editor.ITextModel; view: monaco.editor.ICodeEditorViewState | null }>();
  const editor = monaco.editor.create(element, { ...editorOptions, ariaLabel: options.label, model: null });
  const book = createMarkerBook(editor);
  const bars = editor.createDecorationsCollection();
  let shown: string | null = null;
  let fromOutside = false;
  const run = createTypingRun();

  const disposables: monaco.IDisposable[] = [
    editor.onDidChangeModelContent(({ changes }) => {
      const continues = !fromOutside && run.continues(changes);
      if (!fromOutside) options.onType(editor.getValue(), continues);
    }),
    offerCompletions(editor, options.offerNames),
    monaco.languages.registerDocumentFormattingEditProvider('json', {
      provideDocumentFormattingEdits(model) {
        const text = options.onFormat(model.getValue());
        return text === null ? [] : [{ range: model.getFullModelRange(), text }];
      },
    }),
  ];
  addActions(editor, options);

  return {
    show(document, text) {
      const before = shown === null ? undefined : models.get(shown);
      if (before) before.view = editor.saveViewState();
      const entry = models.get(document) ?? { model: createModel(document, text), view: null };
      models.set(document, entry);
      shown = document;
      run.end();
      fromOutside = true;
      if (entry.model.getValue() !== text) entry.model.setValue(text);
      editor.setModel(entry.model);
      fromOutside = false;
      if (entry.view) editor.restoreViewState(entry.view);
    },
    text: () => editor.getValue(),
    applyEdits(edits) {
      const model = editor.getModel();
      if (!model || edits.length === 0) return;
      run.end();
      fromOutside = true;
      model.pushStackElement();
      model.pushEditOperations(
        editor.getSelections(),
        edits.map(({ offset, length, text }) => ({ range: rangeOf(model, offset, length), text })),
        () => null,
      );
      model.pushStackElement();
      fromOutside = false;
    },
    endStep: () => editor.pushUndoStop(),
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

function addActions(editor: monaco.editor.IStandaloneCodeEditor, options: JsonEditorOptions): void {
  const { KeyCode, KeyMod } = monaco;
  const undo = () => {
    if (!options.onUndo()) void editor.getModel()?.undo();
  };
  const redo = () => {
    if (!options.onRedo()) void editor.getModel()?.redo();
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

function createModel(document: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.parse(`inmemory://lists/${document}.json`);
  monaco.editor.getModel(uri)?.dispose();
  return monaco.editor.createModel(text, 'json', uri);
}

function rangeOf(model: monaco.editor.ITextModel, offset: number, length: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(offset), model.getPositionAt(offset + length));
}

function offsetOfCursor(editor: monaco.editor.IStandaloneCodeEditor): number {
  const position = editor.getPosition();
  return position ? (editor.getModel()?.getOffsetAt(position) ?? 0) : 0;
}
