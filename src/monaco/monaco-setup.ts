import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import type { JsonSchema } from '../core/config/json-schema.ts';
import './monaco-fixes.css';
import { createEditorTheme, type EditorColors } from './editor-theme.ts';

let prepared = false;

/** Sets how workers start and which parts of Monaco's JSON support are on; once for the page. */
export function prepareMonaco(): void {
  if (prepared) return;
  prepared = true;
  self.MonacoEnvironment = {
    getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
  };
  jsonDefaults.setModeConfiguration({
    // `offer-completions.ts` offers keys, words and names.
    completionItems: false,
    hovers: true,
    documentSymbols: true,
    tokens: true,
    foldingRanges: true,
    selectionRanges: true,
    // Findings report the faults, and `writeJson` formats: numbers keep their form.
    diagnostics: false,
    colors: false,
    documentFormattingEdits: false,
    documentRangeFormattingEdits: false,
  });
}

/**
 * Fetches Monaco's part for JSON: colours, folding, hovers. Monaco itself fetches it when a text is JSON, and reports nothing
 * where it cannot; so a text becomes JSON only after this. Rejects where it cannot be fetched; the next call is another try.
 */
export async function fetchJsonMode(): Promise<void> {
  await import('monaco-editor/languages/features/json/jsonMode');
}

/** Schemas for hover, by the document they are for. */
export function setSchemas(schemas: Readonly<Record<string, JsonSchema>>): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: false,
    enableSchemaRequest: false,
    schemaValidation: 'ignore',
    schemas: Object.entries(schemas).map(([document, schema]) => ({
      uri: `inmemory://schemas/${document}.json`,
      fileMatch: [`inmemory://lists/${document}.json`],
      schema,
    })),
  });
}

/** Takes on the page's colours; all editors share one theme. */
export function applyTheme(colors: EditorColors): void {
  monaco.editor.defineTheme('espalier', createEditorTheme(colors));
  monaco.editor.setTheme('espalier');
}
