import type { EditorColors } from '../../monaco/editor-theme.ts';

/** The colours that the page has now, for what cannot use its stylesheet. */
export function readPageColors(): EditorColors {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    dark: root.dataset['theme'] === 'dark',
    surface: color('surface'),
    raised: color('raised'),
    sunken: color('sunken'),
    hover: color('hover'),
    chosen: color('chosen'),
    line: color('line'),
    lineStrong: color('line-strong'),
    text: color('text'),
    muted: color('text-muted'),
    faint: color('text-faint'),
    focus: color('focus'),
    refused: color('refused'),
    later: color('later'),
    silent: color('silent'),
    notChecked: color('not-checked'),
  };
}

/** Calls back when the page's theme changes; gives how to stop. */
export function watchPageColors(onChange: (colors: EditorColors) => void): () => void {
  const observer = new MutationObserver(() => onChange(readPageColors()));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
