/** A text as it is written in a snippet of the editor: `\`, `$` and `}` have a meaning there. */
export function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, String.raw`\$&`);
}
