// `npm run build:wheel`: packs the Python package with the built page into dist/wheel, or into the folder after `--into`. A wheel
// is a zip file: no Python is needed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { binary, ensureInstalled, root, run } from './install.mjs';

const page = join(root, 'dist', 'app');
// `--no-build` takes the page that is there.
if (!process.argv.includes('--no-build') || !existsSync(join(page, 'index.html'))) {
  ensureInstalled();
  if (run(binary('vite'), ['build', '--logLevel', 'warn']) !== 0) process.exit(1);
}

const { zipSync } = await import('fflate');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(page, 'index.html'), 'utf8'))?.[1];
if (!policy) throw new Error('The built page has no content security policy.');
const files = new Map();
const put = (name, content) => files.set(name, Buffer.from(content));

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const source = join(root, 'src', 'wheel', 'espalier');
for (const path of filesBelow(source).filter((file) => file.endsWith('.py'))) {
  put(`espalier/${relative(source, path)}`, readFileSync(path, 'utf8').replace('"VERSION"', `"${version}"`).replace('"CONTENT_SECURITY_POLICY"', JSON.stringify(policy)));
}
put('espalier/_export.py', readFileSync(join(root, 'public', 'export_module_tree.py')));
for (const path of filesBelow(page)) {
  const name = relative(page, path).split(sep).join('/');
  // A page under a token keeps nothing for later.
  if (name !== 'service-worker.js') put(`espalier/page/${name}`, readFileSync(path));
}

const info = `espalier-${version}.dist-info`;
put(`${info}/METADATA`, [
  'Metadata-Version: 2.1',
  'Name: espalier',
  `Version: ${version}`,
  'Summary: See and edit NNI 3.0 compression configs, in a notebook or a browser',
  'License: MIT',
  'Requires-Python: >=3.8',
  'Description-Content-Type: text/markdown',
  '',
  readFileSync(join(root, 'docs', 'notebook.md'), 'utf8'),
].join('\n'));
put(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: espalier\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
put(`${info}/LICENSE`, readFileSync(join(root, 'LICENSE')));
const record = [...files].map(([name, content]) => `${name},sha256=${createHash('sha256').update(content).digest('base64url')},${content.length}`);
put(`${info}/RECORD`, [...record, `${info}/RECORD,,`, ''].join('\n'));

const into = process.argv.indexOf('--into');
const folder = into === -1 ? join(root, 'dist', 'wheel') : resolve(process.argv[into + 1]);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const wheel = join(folder, `espalier-${version}-py3-none-any.whl`);
// The same files give the same bytes.
writeFileSync(wheel, zipSync(Object.fromEntries(files), { level: 9, mtime: new Date('2020-01-01T00:00:00') }));
console.log(`${relative(root, wheel)}: ${files.size} files`);
