import * as monaco from 'monaco-editor/editor';
import type { Severity } from '../core/diagnostics/severity.ts';
import { listLanguages } from './list-languages.ts';

/** A marked place with its fixes. */
export interface TextMarker {
  readonly offset: number;
  readonly length: number;
  readonly severity: Severity;
  readonly message: string;
  /** Rule or exception, shown behind the message. */
  readonly code: string;
  readonly fixes: readonly TextFix[];
}

export interface TextFix {
  readonly title: string;
  readonly run: () => void;
}

export interface MarkerBook {
  readonly set: (owner: string, markers: readonly TextMarker[]) => void;
  readonly dispose: () => void;
}

const severities: Readonly<Record<Severity, monaco.MarkerSeverity>> = {
  refused: monaco.MarkerSeverity.Error,
  later: monaco.MarkerSeverity.Warning,
  assertion: monaco.MarkerSeverity.Warning,
  silent: monaco.MarkerSeverity.Info,
  'not-checked': monaco.MarkerSeverity.Hint,
};

/** Keeps the markers of an editor together with their fixes, which Monaco offers at the place. */
export function createMarkerBook(editor: monaco.editor.IStandaloneCodeEditor): MarkerBook {
  const fixesOf = new Map<string, readonly TextFix[]>();
  const command = editor.addCommand(0, (_accessor: unknown, run: unknown) => {
    if (typeof run === 'function') run();
  });
  const provider = monaco.languages.registerCodeActionProvider([...listLanguages], {
    provideCodeActions(model, _range, context) {
      if (model !== editor.getModel() || command === null) return { actions: [], dispose: () => undefined };
      const actions = context.markers.flatMap((marker) =>
        (fixesOf.get(keyOf(model, marker)) ?? []).map(({ title, run }, index): monaco.languages.CodeAction => ({
          title,
          kind: 'quickfix',
          diagnostics: [marker],
          isPreferred: index === 0,
          command: { id: command, title, arguments: [run] },
        })),
      );
      return { actions, dispose: () => undefined };
    },
  });
  return {
    set(owner, markers) {
      const model = editor.getModel();
      if (!model) return;
      const prefix = `${model.uri.toString()} ${owner} `;
      for (const key of fixesOf.keys()) if (key.startsWith(prefix)) fixesOf.delete(key);
      const placed = markers.map((marker): monaco.editor.IMarkerData => {
        const start = model.getPositionAt(marker.offset);
        const end = model.getPositionAt(marker.offset + marker.length);
        const data = {
          severity: severities[marker.severity],
          message: marker.message,
          ...(marker.code === '' ? {} : { source: marker.code }),
          startLineNumber: start.lineNumber,
          startColumn: start.column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
        };
        fixesOf.set(keyOf(model, { owner, ...data }), marker.fixes);
        return data;
      });
      monaco.editor.setModelMarkers(model, owner, placed);
    },
    dispose: () => provider.dispose(),
  };
}

/** Monaco gives markers back as copies: owner and message identify the original. Places move while the user types. */
function keyOf(
  model: monaco.editor.ITextModel,
  marker: { readonly owner?: string; readonly message: string; readonly source?: string },
): string {
  return `${model.uri.toString()} ${marker.owner ?? ''} ${marker.source ?? ''} ${marker.message}`;
}
