/** `re.escape(text)` (rule P22), which is the same in all versions from 3.8 on. */
export function escapePattern(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&');
}
