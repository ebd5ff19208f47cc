import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.gz': 'application/gzip',
  '.py': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** The files of the built page by their address below it. Nothing else is ever read for a request. */
export type PageFiles = ReadonlyMap<string, { readonly path: string; readonly contentType: string }>;

/** Lists the built page; `null` where there is none. */
export async function listPageFiles(folder: string): Promise<PageFiles | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path).replaceAll(sep, '/'), { path, contentType: contentTypes[extname(path)] ?? 'application/octet-stream' }] as const);
  const found = new Map(files);
  return found.has('index.html') ? found : null;
}

/** The page, with the address of its link. */
export async function linkedIndex(path: string): Promise<string> {
  const html = await readFile(path, 'utf8');
  return html.replace('</title>', '</title>\n    <meta name="espalier-link" content="./link/" />');
}
