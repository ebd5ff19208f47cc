import * as monaco from 'monaco-editor/editor';
import { completionPlaceAt, wantsListAt, type CompletionPlace, type NameOffer } from './completion-place.ts';

/** A list with the cursor between its quotes, where names are then offered. */
function listSnippet({ lineNumber, column }: monaco.Position): monaco.languages.CompletionItem {
  return {
    label: { label: '[""]', description: 'a list' },
    kind: monaco.languages.CompletionItemKind.Snippet,
    insertText: '["$0"]',
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    sortText: '!',
    range: new monaco.Range(lineNumber, column, lineNumber, column),
    command: { id: 'editor.action.triggerSuggest', title: 'Offer names' },
  };
}

/** Offers names of the model where the text wants one. */
export function offerCompletions(
  editor: monaco.editor.IStandaloneCodeEditor,
  offerNames: (place: CompletionPlace) => readonly NameOffer[],
): monaco.IDisposable {
  return monaco.languages.registerCompletionItemProvider('json', {
    triggerCharacters: ['"', '.', '_', ' '],
    provideCompletionItems(model, position) {
      if (model !== editor.getModel()) return { suggestions: [] };
      const place = completionPlaceAt(model.getValue(), model.getOffsetAt(position));
      if (!place) return { suggestions: wantsListAt(model.getValue(), model.getOffsetAt(position)) ? [listSnippet(position)] : [] };
      const range = monaco.Range.fromPositions(
        model.getPositionAt(place.offset),
        model.getPositionAt(place.offset + place.length),
      );
      const suggestions = offerNames(place).map(({ name, detail }, index): monaco.languages.CompletionItem => {
        const literal = JSON.stringify(name);
        return {
          label: { label: name === '' ? '(root)' : name, description: detail },
          kind: monaco.languages.CompletionItemKind.Value,
          insertText: literal,
          filterText: literal,
          sortText: String(index).padStart(6, '0'),
          range,
        };
      });
      // Asked again at every key: only the first few of many names are handed over.
      return { suggestions, incomplete: true };
    },
  });
}
