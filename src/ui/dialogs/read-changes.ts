/** The changes of one version. */
export interface VersionChanges {
  readonly version: string;
  readonly sections: readonly { readonly title: string; readonly items: readonly string[] }[];
}

/** The versions of a changelog in Markdown, in their order: `## 0.2.0`, `### Added`, one line an item. */
export function readChanges(text: string): readonly VersionChanges[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [version = '', ...sections] = part.split(/^### /m);
      return {
        version: version.trim(),
        sections: sections.map((section) => {
          const [title = '', ...lines] = section.split('\n');
          const items = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2).replaceAll(/[`*]/g, ''));
          return { title: title.trim(), items };
        }),
      };
    });
}
