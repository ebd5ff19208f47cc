import type { EditorColors } from '../../monaco/editor-theme.ts';

/** Whether the system has replaced the colours of the page. */
const forcedColors = () => matchMedia('(forced-colors: active)');

/** The current colours of the page, for parts that cannot use its stylesheet; with forced colours those of the system. */
export function readPageColors(): EditorColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Forced colours would make all of them one colour, text and ground alike.
  probe.style.forcedColorAdjust = 'none';
  document.body.append(probe);
  const computed = (color: string) => {
    probe.style.color = color;
    return hexOf(getComputedStyle(probe).color);
  };
  const colors = forcedColors().matches ? systemColors(computed) : themeColors((name) => computed(`var(--${name})`));
  probe.remove();
  return colors;
}

function themeColors(color: (name: string) => string): EditorColors {
  return {
    dark: document.documentElement.dataset['theme'] === 'dark',
    isForced: false,
    surface: color('surface'),
    raised: color('raised'),
    sunken: color('sunken'),
    hover: color('hover'),
    chosen: color('chosen'),
    chosenText: color('text'),
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
}

function systemColors(color: (name: string) => string): EditorColors {
  const [ground, text] = [color('Canvas'), color('CanvasText')];
  return {
    dark: isDark(ground),
    isForced: true,
    surface: ground,
    raised: ground,
    sunken: ground,
    hover: ground,
    chosen: color('Highlight'),
    chosenText: color('HighlightText'),
    line: text,
    lineStrong: text,
    text,
    muted: text,
    faint: text,
    focus: color('Highlight'),
    refused: text,
    later: text,
    silent: text,
    notChecked: text,
    syntaxKey: text,
    syntaxString: text,
    syntaxNumber: text,
  };
}

/** Whether a colour `#rrggbb` is nearer to black than to white. */
function isDark(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = (hex.slice(1).match(/../g) ?? []).map((channel) => Number.parseInt(channel, 16));
  return red * 0.3 + green * 0.6 + blue * 0.1 < 128;
}

/** `rgb(255, 255, 255)`, as computed styles have it → `#ffffff`. */
export function hexOf(computed: string): string {
  const channels = (computed.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => Math.round(Number(channel)));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Calls back when the page's theme, or the system's colours, change; gives how to stop. */
export function watchPageColors(onChange: (colors: EditorColors) => void): () => void {
  const change = () => onChange(readPageColors());
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const forced = forcedColors();
  forced.addEventListener('change', change);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', change);
  };
}
