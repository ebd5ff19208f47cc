import type { EditorColors } from '../../monaco/editor-theme.ts';

/** The current colours of the page, for parts that cannot use its stylesheet. */
export function readPageColors(): EditorColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Forced colours would make all of them one colour, text and ground alike; the editor keeps the page's.
  probe.style.forcedColorAdjust = 'none';
  document.body.append(probe);
  const color = (name: string) => {
    probe.style.color = `var(--${name})`;
    return hexOf(getComputedStyle(probe).color);
  };
  const colors: EditorColors = {
    dark: document.documentElement.dataset['theme'] === 'dark',
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
    syntaxKey: color('syntax-key'),
    syntaxString: color('syntax-string'),
    syntaxNumber: color('syntax-number'),
  };
  probe.remove();
  return colors;
}

/** `rgb(255, 255, 255)`, as computed styles have it → `#ffffff`. */
export function hexOf(computed: string): string {
  const channels = (computed.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => Math.round(Number(channel)));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Calls back when the page's theme changes; gives how to stop. */
export function watchPageColors(onChange: (colors: EditorColors) => void): () => void {
  const observer = new MutationObserver(() => onChange(readPageColors()));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
