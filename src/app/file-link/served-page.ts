/** The address of the link, where `espalier open` or a notebook serves the page; `null` elsewhere. */
export function servedLink(): string | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name="espalier-link"]')?.content;
  return content === undefined ? null : new URL(content, document.baseURI).href;
}
