import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { cachingOf, contentSecurityPolicy, hostingHeaders, inlineScript } from './src/tools/hosting-headers.ts';
import { inAscii } from './src/tools/in-ascii.ts';
import { prerenderStart } from './src/tools/prerender-start.ts';
import { oneFile } from './src/tools/report-file.ts';
import { refuseImportsOfEntries } from './src/tools/worker-entry.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The licences of the bundled packages, next to each build. */
const licenses = 'LICENSES.md';

/** A chunk group holds only the modules it names, not their dependencies. */
const together = { includeDependenciesRecursively: false } as const;

const cliBuild = {
  ssr: 'src/cli/espalier.ts',
  outDir: 'dist/cli',
  target: 'node20',
  // Half of the text is read in half of the time.
  minify: true,
  copyPublicDir: false,
  license: { fileName: licenses },
  // Next to the entry, so that every chunk finds the built page at ../app.
  rolldownOptions: {
    output: {
      // Node loads CommonJS faster than modules: the loader of modules alone takes some milliseconds.
      format: 'cjs',
      entryFileNames: 'espalier.js',
      // `espalier.ts` loads `main.js` by its name.
      chunkFileNames: ({ name }) => (name === 'main' ? 'main.js' : '[name]-[hash].js'),
      banner: '#!/usr/bin/env node',
      // The code that every list needs is one file: Node takes a millisecond or two to find each.
      codeSplitting: { groups: [{ ...together, name: 'main', test: (id: string) => cliModules.has(id) }] },
    },
  },
} satisfies BuildOptions;

/** Modules that `main.ts` of the command line needs, without modules that it asks for later. */
const cliModules = new Set<string>();

const findCliStart: Plugin = {
  name: 'find-cli-start',
  apply: 'build',
  buildEnd() {
    const reached = new Set([...this.getModuleIds()].filter((id) => id.endsWith('src/cli/main.ts')));
    for (const id of reached) for (const next of this.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
    for (const id of reached) cliModules.add(id);
  },
};

/** Marks the folder as CommonJS, and escapes all characters beyond ASCII: V8 then reads one byte for each character, not two. */
const quickToLoad: Plugin = {
  name: 'quick-to-load',
  apply: 'build',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = inAscii(part.code);
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

const benchBuild = {
  ...cliBuild,
  ssr: 'src/bench/bench.ts',
  outDir: 'dist/bench',
  rolldownOptions: { output: { entryFileNames: 'bench.js' } },
} as const;

const reportBuild = {
  target: 'es2023',
  outDir: 'dist/report',
  copyPublicDir: false,
  assetsInlineLimit: 0,
  modulePreload: false,
  license: { fileName: licenses },
  rolldownOptions: { input: 'src/report/report.html', output: { codeSplitting: false } },
} satisfies BuildOptions;

/** A report holds the names of the characters that its list uses, not all 140,000. */
const fewCharacterNames = { find: /^\.\/character-names\.ts$/, replacement: pathOf('src/report/character-names.ts') };

/** A report is read-only: it has no dialog that asks for this. */
const noImport = { find: /^\.\.\/core\/plan\/import-list\.ts$/, replacement: pathOf('src/report/no-import.ts') };

/** The tree component's drag-and-drop packages, which the page does not use. */
const noDrag = { find: /^react-dnd(?:-html5-backend)?$/, replacement: pathOf('src/ui/tree/no-drag.ts') };

const icons = /lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/]/;
const reactAndIconMaker = /node_modules[\\/](react|react-dom|scheduler|lucide-react)[\\/]/;

const appBuild = {
  target: 'es2023',
  outDir: 'dist/app',
  emptyOutDir: true,
  chunkSizeWarningLimit: 8000,
  license: { fileName: licenses },
  modulePreload: false,
  rolldownOptions: {
    // On a slow machine the bundler explains at length which plugins took the time.
    checks: { pluginTimings: false },
    input: { index: 'index.html', 'service-worker': 'src/offline/service-worker.ts' },
    treeshake: { propertyReadSideEffects: false },
    output: {
      entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      codeSplitting: {
        groups: [
          // Of the icons, which one file of the library hands out, only the page's own.
          { ...together, name: 'icons', test: icons, entriesAware: true },
          { ...together, name: 'react', test: (id: string) => pageModules.has(id) && reactAndIconMaker.test(id) },
          { ...together, name: 'page', test: (id: string) => pageModules.has(id) },
        ],
      },
    },
  },
} satisfies BuildOptions;

/** Modules that the page cannot start without, except the modules of `main.tsx`. */
const pageModules = new Set<string>();

/** Modules that the worker starts with, without its entry. */
const startModules = new Set<string>();

const findWorkerStart: Plugin = {
  name: 'find-worker-start',
  apply: 'build',
  buildEnd() {
    const reached = new Set([...this.getModuleIds()].filter((id) => id.endsWith('src/worker/start-engine.ts')));
    for (const id of reached) for (const next of this.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
    for (const id of reached) startModules.add(id);
  },
};

/** The page's own code, which `main.tsx` asks for: few files, which it fetches at once after the first paint, not one after another. */
const preloadPage: Plugin = {
  name: 'preload-page',
  apply: 'build',
  buildEnd() {
    const reach = (entry: string): ReadonlySet<string> => {
      const reached = new Set([...this.getModuleIds()].filter((id) => id.endsWith(entry)));
      for (const id of reached) for (const next of this.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
      return reached;
    };
    const first = reach('src/main.tsx');
    for (const id of reach('src/app/mount.tsx')) if (!first.has(id)) pageModules.add(id);
  },
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
      const page = chunks.find(({ name }) => name === 'page');
      const wanted = chunks.filter((chunk) => chunk === page || (!chunk.isEntry && page?.imports.includes(chunk.fileName)));
      return wanted.map(({ fileName: file }) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head',
      }));
    },
  },
};

/**
 * Makes the HTML paint before anything else is there: the styles are in it, as the script of the theme is. The page's own code, half a
 * megabyte, would compete with the first paint for the processor: its links wait in a template, from which `main.tsx` takes them.
 */
const paintFirst: Plugin = {
  name: 'paint-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const entry = /^\s*<script type="module"[^>]*><\/script>\n/m.exec(html)?.[0];
      const preloads = html.match(/^\s*<link rel="modulepreload"[^>]*>\n/gm) ?? [];
      const [sheet = '', file = ''] = /<link rel="stylesheet"[^>]*href="\.\/([^"]*)"[^>]*>/.exec(html) ?? [];
      const styles = bundle[file];
      if (entry === undefined || preloads.length === 0 || styles?.type !== 'asset') throw new Error('index.html lacks the styles or the code of the page.');
      const css = String(styles.source).trim();
      if (/url\((?!["']?data:)|<\/style/i.test(css)) throw new Error('The styles of the page name a file: within the HTML its address would be another.');
      const script = /<script>([^]*?)<\/script>/.exec(html)?.[1] ?? '';
      const hash = `'sha256-${createHash('sha256').update(script.replaceAll('\r\n', '\n')).digest('base64')}'`;
      if (hash !== inlineScript) throw new Error(`The script in index.html has changed: write ${hash} into hosting-headers.ts and docs/hosting.md.`);
      delete bundle[file];
      // Late parts ask for the styles of parts that they need, unless a link names them; one that is disabled fetches nothing.
      const named = `    ${sheet.replace('<link', '<link disabled')}\n`;
      let ordered = html.replace(sheet, () => `<style>${css}</style>`);
      for (const part of [entry, ...preloads]) ordered = ordered.replace(part, '');
      return ordered.replace(/^.*<\/body>/m, (end) => `    <template id="page-code">\n${preloads.join('')}${named}    </template>\n${entry}${end}`);
    },
  },
};

/** Gives the service worker the list of files to keep. */
const listFiles: Plugin = {
  name: 'list-files',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle['service-worker.js'];
      if (worker?.type !== 'chunk') return;
      const shared = readdirSync(pathOf('public'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(pathOf('public'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
      const built = Object.keys(bundle).filter((file) => file !== worker.fileName && file !== 'index.html' && file !== licenses);
      worker.code = worker.code.replace('__BUILT_FILES__', JSON.stringify([...built, ...shared]));
    },
  },
};

/**
 * Caching as docs/hosting.md asks for it, and no compression: the preview would compress every file again at every
 * request, which only costs time within one machine.
 */
const serveAsItIs: Plugin = {
  name: 'serve-as-it-is',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      delete request.headers['accept-encoding'];
      response.setHeader('Cache-Control', cachingOf(request.url ?? ''));
      next();
    });
  },
};

export default defineConfig(({ mode, command }) => ({
  base: './',
  plugins: [
    react(),
    tailwindcss(),
    ...(mode === 'cli' ? [findCliStart, quickToLoad] : []),
    ...(mode === 'report' ? [oneFile] : [prerenderStart, preloadPage, paintFirst, listFiles, serveAsItIs]),
    {
      name: 'content-security-policy',
      transformIndexHtml: (html: string) =>
        command === 'build'
          ? html.replace(
              '<!-- content-security-policy -->',
              `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />`,
            )
          : html,
    },
  ],
  resolve: { alias: mode === 'report' ? [noDrag, fewCharacterNames, noImport] : [noDrag] },
  worker: {
    format: 'es' as const,
    plugins: () => [findWorkerStart, refuseImportsOfEntries()],
    rolldownOptions: {
      // The code that the entry starts, and code that it shares with later chunks, has its own chunk.
      output: { codeSplitting: { groups: [{ ...together, name: 'worker-start', test: (id: string) => startModules.has(id) }] } },
    },
  },
  build: mode === 'report' ? reportBuild : mode === 'cli' ? cliBuild : mode === 'bench' ? benchBuild : appBuild,
  ...(mode === 'cli' || mode === 'bench' ? { ssr: { noExternal: true as const, external: ['@playwright/test'] } } : {}),
  preview: { headers: hostingHeaders },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    // Threads that share their modules take half of the processor's time that a process for each file takes.
    pool: 'threads',
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000 * Math.max(1, Number(process.env['ESPALIER_FUZZ_TIMES'] ?? 1)),
  },
}));
