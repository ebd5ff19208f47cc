import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FileSource } from '../../core/readers/bytes/byte-source.ts';
import { cachingOf, hostingHeaders } from '../../tools/hosting-headers.ts';
import { reason } from '../inputs.ts';
import { noFile, readRevision, writeAtomically } from '../write-atomically.ts';
import { byteRange } from './byte-range.ts';
import { linkedIndex, type PageFiles } from './page-files.ts';
import type { LinkedModel } from './linked-files.ts';

/** The files that the page is linked to. */
export interface Link {
  readonly models: Readonly<Record<'student' | 'teacher', () => Promise<LinkedModel | null>>>;
  /** The file of the config list; `null` for none. */
  readonly config: { readonly path: string; readonly name: string } | null;
  readonly mode: string | null;
  readonly algorithm: string | null;
  /** Python literals for the values that a script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
}

export interface PageServer {
  readonly address: string;
  /** Informs every open page that a file has changed. */
  readonly announce: (what: 'student' | 'teacher' | 'config') => void;
  readonly close: () => Promise<void>;
}

/** The first port that is tried; the next ones follow. */
const firstPort = 4747;
const mostPorts = 100;
const mostBytes = 100_000_000;

/** Serves the page on the loopback address, on the first free port. Requests without the token are refused. */
export async function servePage(files: PageFiles, link: Link, from = firstPort): Promise<PageServer> {
  const token = randomBytes(18).toString('base64url');
  const listeners = new Set<ServerResponse>();
  const saves = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    answer(request, response, { files, link, token, listeners, saves }).catch((error: unknown) => {
      // A file that cannot be read is reported; the server goes on.
      if (!response.headersSent) send(response, 500, reason(error));
      else response.destroy();
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listen(server, from);
  return {
    address: `http://127.0.0.1:${port}/${token}/`,
    announce: (what) => {
      for (const listener of listeners) listener.write(`event: ${what}\ndata: changed\n\n`);
    },
    close: async () => {
      server.closeAllConnections();
      // A text that is being written is written to its end.
      await Promise.allSettled(saves);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, from: number): Promise<number> {
  const last = Math.min(from + mostPorts - 1, 65_535);
  for (let port = from; port <= last; port++) {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => resolve(null));
    });
    if (error === null) return port;
    server.removeAllListeners('error');
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
  }
  throw new Error(`No port from ${from} to ${last} is free`);
}

interface Served {
  readonly files: PageFiles;
  readonly link: Link;
  readonly token: string;
  readonly listeners: Set<ServerResponse>;
  /** Texts that are being written. */
  readonly saves: Set<Promise<unknown>>;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { files, token } = served;
  const { host = '', origin } = request.headers;
  // A name that leads to this machine, and a page of another site, are refused even with the token. The port differs where one of another machine is forwarded.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/.test(host)) return send(response, 403, 'This host is not known here.');
  if (origin !== undefined && origin !== `http://${host}`) return send(response, 403, 'This origin is not known here.');
  const [, given = '', ...rest] = (request.url ?? '/').split('?', 1)[0]!.split('/');
  if (!isSame(given, token)) return send(response, 403, 'Open the address that espalier has printed.');
  const path = rest.join('/');
  if (rest.length === 0) return redirect(response, `/${token}/`);
  if (path.startsWith('link/')) return answerLink(request, response, served, path.slice('link/'.length));
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'Only GET.');
  const file = files.get(path === '' ? 'index.html' : path);
  if (!file) return send(response, 404, 'There is no such file.');
  response.setHeader('Content-Type', file.contentType);
  setHeaders(response, cachingOf(`/${path}`));
  if (path === '' || path === 'index.html') response.end(await linkedIndex(file.path));
  else createReadStream(file.path).on('error', () => response.destroy()).pipe(response);
  return undefined;
}

async function answerLink(request: IncomingMessage, response: ServerResponse, { link, listeners, saves }: Served, path: string): Promise<void> {
  if (path === 'config' && link.config) return answerConfig(request, response, link.config.path, saves);
  if (request.method !== 'GET') return send(response, 405, 'Only GET.');
  if (path === 'state') return sendJson(response, await stateOf(link));
  if (path === 'events') {
    setHeaders(response, 'no-store');
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': espalier\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    return undefined;
  }
  const [role, index] = path.split('/');
  if (role !== 'student' && role !== 'teacher') return send(response, 404, 'There is no such part.');
  const file = (await link.models[role]())?.files[Number(index)];
  return file ? sendPart(request, response, file) : send(response, 404, 'There is no such file.');
}

async function stateOf({ models, config, mode, algorithm, set }: Link): Promise<unknown> {
  const describe = (model: LinkedModel | null) =>
    model && { name: model.name, files: model.files.map(({ name, size }) => ({ path: name, size })) };
  return {
    version: 1,
    student: describe(await models.student()),
    teacher: describe(await models.teacher()),
    config: config && { name: config.name },
    mode,
    algorithm,
    set: Object.fromEntries(set),
  };
}

async function answerConfig(request: IncomingMessage, response: ServerResponse, path: string, saves: Served['saves']): Promise<void> {
  if (request.method === 'GET') {
    const found = await readRevision(path);
    setHeaders(response, 'no-store');
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', ETag: `"${found?.revision ?? noFile}"` });
    response.end(found?.bytes ?? '');
    return;
  }
  if (request.method !== 'PUT') return send(response, 405, 'Only GET and PUT.');
  const expected = /^"(.*)"$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (expected === undefined) return send(response, 428, 'If-Match must name the revision that is replaced.');
  // A text that is not there is no empty text.
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return send(response, 411, 'The text is missing.');
  const body = await bodyOf(request);
  if (body === null) return send(response, 413, 'The text is too long.');
  const save = writeAtomically(path, body, expected);
  saves.add(save);
  const written = await save.finally(() => saves.delete(save));
  if (written.type === 'changed') return send(response, 412, 'The file has changed.');
  setHeaders(response, 'no-store');
  response.writeHead(204, { ETag: `"${written.revision}"` });
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > mostBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Bytes of a piece of a large file. */
const pieceBytes = 4_194_304;

/** A file, or the range of it that is asked for. */
async function sendPart(request: IncomingMessage, response: ServerResponse, file: FileSource): Promise<void> {
  const range = byteRange(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.size}`);
    return send(response, 416, `The file has only ${file.size} bytes now.`);
  }
  const { start, end } = range ?? { start: 0, end: file.size };
  setHeaders(response, 'no-store');
  response.writeHead(range ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    ...(range ? { 'Content-Range': `bytes ${start}-${end - 1}/${file.size}` } : {}),
  });
  for (let offset = start; offset < end && !response.destroyed; offset += pieceBytes) {
    const piece = await file.read(offset, Math.min(pieceBytes, end - offset));
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
  return undefined;
}

function sendJson(response: ServerResponse, value: unknown): void {
  setHeaders(response, 'no-store');
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}

function send(response: ServerResponse, status: number, text: string): void {
  setHeaders(response, 'no-store');
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to });
  response.end();
}

function setHeaders(response: ServerResponse, caching: string): void {
  for (const [name, value] of Object.entries(hostingHeaders)) response.setHeader(name, value);
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', caching);
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
