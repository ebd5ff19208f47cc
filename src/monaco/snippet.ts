/** A text as it stands in a snippet of the editor: `\`, `$` and `}` have a meaning there. */
export function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, String.raw`\$&`);
}
