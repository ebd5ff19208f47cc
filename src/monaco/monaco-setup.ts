import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import editorWorker from 'monaco-editor/editor/editor.worker?worker&url';
import jsonWorker from 'monaco-editor/languages/features/json/json.worker?worker&url';
import type { JsonSchema } from '../core/config/json-schema.ts';
import './monaco-fixes.css';
import { createEditorTheme, type EditorColors } from './editor-theme.ts';

let prepared = false;

/** Milliseconds until the script of a worker is asked for again. */
const untilNextTry = 5000;

/**
 * Starts a worker once its script can be fetched. Monaco would take the failure of a worker for its own, run the work on the page's thread,
 * and report an error that nobody can settle.
 */
async function startWorker(script: string): Promise<Worker> {
  while (!(await canFetch(script))) await new Promise((resolve) => setTimeout(resolve, untilNextTry));
  return new Worker(script, { type: 'module' });
}

async function canFetch(script: string): Promise<boolean> {
  return fetch(script).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Sets how workers start and which parts of Monaco's JSON support are on; once for the page. */
export function prepareMonaco(): void {
  if (prepared) return;
  prepared = true;
  self.MonacoEnvironment = {
    getWorker: (_id, label) => startWorker(label === 'json' ? jsonWorker : editorWorker),
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
  if (!(await canFetch(jsonWorker))) throw new Error('The worker for JSON could not be fetched.');
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
