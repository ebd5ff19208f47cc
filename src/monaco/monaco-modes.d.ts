/** The part of Monaco that colours, folds and explains JSON, without types of its own. */
declare module 'monaco-editor/languages/features/json/jsonMode' {}
