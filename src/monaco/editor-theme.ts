import type * as monaco from 'monaco-editor/editor';

/** The page's colours, as `#rrggbb`. */
export interface EditorColors {
  readonly dark: boolean;
  /** The colours are those of the system, which has no others (forced colours). */
  readonly isForced: boolean;
  readonly surface: string;
  readonly raised: string;
  readonly sunken: string;
  readonly hover: string;
  readonly chosen: string;
  /** The text on `chosen`. */
  readonly chosenText: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly focus: string;
  readonly refused: string;
  readonly later: string;
  readonly silent: string;
  readonly notChecked: string;
  /** Keys, strings, and numbers with the words of JSON. */
  readonly syntaxKey: string;
  readonly syntaxString: string;
  readonly syntaxNumber: string;
}

/** Monaco's theme from the page's colours: keys, strings and numbers in the muted colours of code. */
export function createEditorTheme(colors: EditorColors): monaco.editor.IStandaloneThemeData {
  const plain = colors.text.slice(1);
  const muted = colors.muted.slice(1);
  // Only the themes of high contrast give selected text a colour of its own.
  const [dark, light] = colors.isForced ? (['hc-black', 'hc-light'] as const) : (['vs-dark', 'vs'] as const);
  return {
    base: colors.dark ? dark : light,
    inherit: false,
    rules: [
      { token: '', foreground: plain },
      { token: 'string.key.json', foreground: colors.syntaxKey.slice(1), ...(colors.isForced && { fontStyle: 'bold' }) },
      { token: 'string.value.json', foreground: colors.syntaxString.slice(1) },
      { token: 'number', foreground: colors.syntaxNumber.slice(1) },
      { token: 'delimiter', foreground: muted },
      { token: 'keyword.json', foreground: colors.syntaxNumber.slice(1) },
      { token: 'comment', foreground: muted, fontStyle: 'italic' },
      { token: 'keyword', foreground: plain, fontStyle: 'bold' },
    ],
    colors: {
      'editor.background': colors.surface,
      'editor.foreground': colors.text,
      'editorCursor.foreground': colors.text,
      'editor.selectionBackground': colors.chosen,
      ...(colors.isForced && { 'editor.selectionForeground': colors.chosenText }),
      'editor.inactiveSelectionBackground': colors.isForced ? colors.chosen : colors.hover,
      'editor.lineHighlightBackground': colors.sunken,
      'editor.lineHighlightBorder': '#00000000',
      'editorLineNumber.foreground': colors.faint,
      'editorLineNumber.activeForeground': colors.text,
      'editorIndentGuide.background1': colors.line,
      'editorIndentGuide.activeBackground1': colors.lineStrong,
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, colors.muted])),
      'editorBracketHighlight.unexpectedBracket.foreground': colors.refused,
      'editorBracketMatch.background': colors.isForced ? colors.surface : colors.chosen,
      'editorBracketMatch.border': colors.lineStrong,
      'editorError.foreground': colors.refused,
      'editorWarning.foreground': colors.later,
      'editorInfo.foreground': colors.silent,
      'editorHint.foreground': colors.notChecked,
      'editorOverviewRuler.errorForeground': colors.refused,
      'editorOverviewRuler.warningForeground': colors.later,
      'editorOverviewRuler.infoForeground': colors.silent,
      'editorLightBulb.foreground': colors.muted,
      'editorLightBulbAutoFix.foreground': colors.muted,
      'editor.rangeHighlightBackground': colors.hover,
      'editorGutter.background': colors.surface,
      'editorWidget.background': colors.raised,
      'editorWidget.foreground': colors.text,
      'editorWidget.border': colors.line,
      'editorHoverWidget.background': colors.raised,
      'editorHoverWidget.foreground': colors.text,
      'editorHoverWidget.border': colors.line,
      'editorHoverWidget.statusBarBackground': colors.sunken,
      'editorSuggestWidget.background': colors.raised,
      'editorSuggestWidget.foreground': colors.text,
      'editorSuggestWidget.border': colors.line,
      'editorSuggestWidget.selectedBackground': colors.chosen,
      'editorSuggestWidget.selectedForeground': colors.chosenText,
      'editorSuggestWidget.highlightForeground': colors.text,
      'editorSuggestWidget.focusHighlightForeground': colors.chosenText,
      'list.hoverBackground': colors.hover,
      'list.focusBackground': colors.chosen,
      'list.focusForeground': colors.chosenText,
      'quickInput.background': colors.raised,
      'quickInput.foreground': colors.text,
      'quickInputList.focusBackground': colors.chosen,
      'quickInputList.focusForeground': colors.chosenText,
      'input.background': colors.surface,
      'input.foreground': colors.text,
      'input.border': colors.lineStrong,
      'menu.background': colors.raised,
      'menu.foreground': colors.text,
      'menu.selectionBackground': colors.chosen,
      'menu.selectionForeground': colors.chosenText,
      'menu.separatorBackground': colors.line,
      'widget.shadow': '#00000033',
      'widget.border': colors.line,
      'scrollbarSlider.background': `${colors.lineStrong}55`,
      'scrollbarSlider.hoverBackground': `${colors.lineStrong}88`,
      'scrollbarSlider.activeBackground': `${colors.lineStrong}aa`,
      focusBorder: colors.focus,
      foreground: colors.text,
      'textLink.foreground': colors.text,
      'textLink.activeForeground': colors.text,
    },
  };
}
