import * as monaco from 'monaco-editor/editor';
import { completionPlaceAt, wantsListAt, type CompletionPlace, type NameOffer } from './completion-place.ts';
import { listLanguages } from './list-languages.ts';
import { escapeSnippet } from './snippet.ts';
import type { StructureOffers } from './structure-offers.ts';

/** A list with the cursor between its quotes, where names are then offered. */
function listSnippet({ lineNumber, column }: monaco.Position): monaco.languages.CompletionItem {
  return {
    label: { label: '[""]', description: 'a list' },
    kind: monaco.languages.CompletionItemKind.Snippet,
    insertText: '["$0"]',
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    sortText: '!',
    range: new monaco.Range(lineNumber, column, lineNumber, column),
    command: askMore,
  };
}

/** The sources of completions: names of the model, and keys, words and whole sub-configs. */
export interface CompletionSources {
  readonly offerNames: (place: CompletionPlace) => readonly NameOffer[];
  readonly offerStructure: (text: string, offset: number) => StructureOffers;
}

const askMore: monaco.languages.Command = { id: 'editor.action.triggerSuggest', title: 'Offer more' };

/** Offers names and keys that fit at the cursor. Monaco's own JSON support offers nothing: it does not know the model. */
export function offerCompletions(
  editor: monaco.editor.IStandaloneCodeEditor,
  { offerNames, offerStructure }: CompletionSources,
): monaco.IDisposable {
  return monaco.languages.registerCompletionItemProvider([...listLanguages], {
    triggerCharacters: ['"', '.', '_', ' ', '{', '['],
    provideCompletionItems(model, position) {
      if (model !== editor.getModel()) return { suggestions: [] };
      const text = model.getValue();
      const offset = model.getOffsetAt(position);
      const rangeOf = (from: number, length: number) =>
        monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(from + length));
      const structure = structureItems(offerStructure(text, offset), rangeOf);
      const list = wantsListAt(text, offset) ? [listSnippet(position)] : [];
      const place = completionPlaceAt(text, offset);
      const names = place ? nameItems(place, text, offerNames(place), rangeOf(place.offset, place.length)) : [];
      // Asked again at every key: only the first few of many names are handed over.
      return { suggestions: [...list, ...structure, ...names], incomplete: names.length > 0 };
    },
  });
}

function structureItems({ offers, offset, length }: StructureOffers, rangeOf: (from: number, length: number) => monaco.Range): monaco.languages.CompletionItem[] {
  return offers.map(({ label, detail, documentation, insert, asksMore }, index) => ({
    label: { label, description: detail },
    kind: monaco.languages.CompletionItemKind.Property,
    documentation: { value: documentation },
    insertText: insert,
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    // The replaced text may begin with a quote.
    filterText: `"${label}`,
    sortText: `!${String(index).padStart(4, '0')}`,
    range: rangeOf(offset, length),
    ...(asksMore && { command: askMore }),
  }));
}

function nameItems(place: CompletionPlace, text: string, offers: readonly NameOffer[], range: monaco.Range): monaco.languages.CompletionItem[] {
  const opensTarget = place.isKey && !/^\s*:/.test(text.slice(place.offset + place.length));
  return offers.map(({ name, detail }, index) => {
    const literal = JSON.stringify(name);
    const snippet = `${escapeSnippet(literal)}: {"$0"}`;
    return {
      label: { label: name === '' ? '(root)' : name, description: detail },
      kind: monaco.languages.CompletionItemKind.Value,
      insertText: opensTarget ? snippet : place.asList ? `[${literal}]` : literal,
      ...(opensTarget && { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet, command: askMore }),
      filterText: place.asList ? name : literal,
      sortText: String(index).padStart(6, '0'),
      range,
    };
  });
}
