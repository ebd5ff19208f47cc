import { fileURLToPath } from 'node:url';
import { createServer, type Plugin } from 'vite';

/** Puts the start page into the HTML of the build, inert until the scripts have drawn the page in its place. */
export const prerenderStart: Plugin = {
  name: 'prerender-start',
  apply: (_config, { mode }) => mode === 'production',
  transformIndexHtml: {
    order: 'pre',
    async handler(html) {
      const server = await createServer({
        configFile: false,
        root: fileURLToPath(new URL('../..', import.meta.url)),
        appType: 'custom',
        logLevel: 'error',
        server: { middlewareMode: true, ws: false, hmr: false, watch: null },
        optimizeDeps: { noDiscovery: true, include: [] },
      });
      try {
        const drawn = (await server.ssrLoadModule('/src/app/prerender.tsx')) as { readonly startMarkup: () => string };
        return html.replace('<div id="root"></div>', `<div id="root" inert>${drawn.startMarkup()}</div>`);
      } finally {
        await server.close();
      }
    },
  },
};
