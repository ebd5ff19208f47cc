import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Nothing is asked for: script and styles are in the file, and a policy forbids every request. */
function policyFor(script: string): string {
  const digest = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** A script between its tags: text that would end it, or begin a comment of HTML, is written otherwise. */
function inlineScript(code: string): string {
  return code.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`<\!--`);
}

/** Puts the script and the styles of the report into its HTML file, which is then all there is. */
export const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const parts = Object.values(bundle);
      const html = parts.find((part) => part.type === 'asset' && part.fileName.endsWith('.html'));
      const scripts = parts.filter((part) => part.type === 'chunk');
      const styles = parts.filter((part) => part.type === 'asset' && part.fileName.endsWith('.css'));
      const [script, another] = scripts;
      if (html?.type !== 'asset' || !script || another) {
        this.error(`A report must be one script, and is ${scripts.map(({ fileName }) => fileName).join(', ')}.`);
      }
      const code = inlineScript(script.code);
      const css = styles.map((part) => (part.type === 'asset' ? String(part.source) : '')).join('\n');
      html.source = String(html.source)
        .replaceAll(/\s*<(?:script type="module"[^>]*><\/script|link rel="(?:stylesheet|modulepreload)"[^>]*)>/g, '')
        .replace('<title>', () => `<meta http-equiv="Content-Security-Policy" content="${policyFor(code)}" />\n    <title>`)
        .replace('</head>', () => `<style>${css}</style>\n  </head>`)
        .replace('</body>', () => `<script type="module">${code}</script>\n  </body>`);
      html.fileName = 'report.html';
      for (const part of parts) if (part !== html && !part.fileName.endsWith('.md')) delete bundle[part.fileName];
    },
  },
};
