import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';

/** Scripts and connections from this origin only; Monaco needs inline styles and `data:` images. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const noDrag = fileURLToPath(new URL('src/ui/tree/no-drag.ts', import.meta.url));

const cliBuild = {
  ssr: 'src/cli/espalier.ts',
  outDir: 'dist/cli',
  target: 'node20',
  copyPublicDir: false,
  rolldownOptions: { output: { entryFileNames: 'espalier.js', banner: '#!/usr/bin/env node' } },
} as const;

const benchBuild = {
  ...cliBuild,
  ssr: 'src/bench/bench.ts',
  outDir: 'dist/bench',
  rolldownOptions: { output: { entryFileNames: 'bench.js' } },
} as const;

const appBuild = {
  target: 'es2023',
  outDir: 'dist/app',
  emptyOutDir: true,
  chunkSizeWarningLimit: 8000,
  modulePreload: { polyfill: false },
} as const;

export default defineConfig(({ mode, command }) => ({
  base: './',
  plugins: [
    react(),
    tailwindcss(),
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
  resolve: {
    alias: { 'react-dnd-html5-backend': noDrag, 'react-dnd': noDrag },
  },
  worker: { format: 'es' as const },
  build: mode === 'cli' ? cliBuild : mode === 'bench' ? benchBuild : appBuild,
  ...(mode === 'cli' || mode === 'bench' ? { ssr: { noExternal: true as const, external: ['@playwright/test'] } } : {}),
  preview: { headers: { 'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'` } },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 120_000,
  },
}));
