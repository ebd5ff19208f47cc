import type { Mode } from '../../core/config/mode.ts';
import type { ServedFile, TreeRole } from '../../worker/protocol.ts';
import { alwaysAllowed, decodeUtf8, type FilePort } from './file-port.ts';

/** A model behind the link. */
export interface ServedModel {
  readonly name: string;
  readonly files: readonly ServedFile[];
}

/** The files and options of `espalier open`. */
export interface ServedState {
  readonly student: ServedModel | null;
  readonly teacher: ServedModel | null;
  readonly config: { readonly name: string } | null;
  readonly mode: Mode | null;
  readonly algorithm: string | null;
  readonly set: Readonly<Record<string, string>>;
  /** A notebook reads the list while it is edited: every change is written at once. */
  readonly savesAtOnce?: boolean;
}

export interface ServedLink {
  /** Rejects when the server does not answer. */
  readonly state: () => Promise<ServedState>;
  readonly config: (name: string) => FilePort;
  readonly followModel: (role: TreeRole, changed: () => void) => void;
  readonly followServer: (gone: (isGone: boolean) => void) => void;
}

interface SentModel {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** The link at an address that ends with a slash. */
export function openServedLink(base: string): ServedLink {
  const events = new EventSource(new URL('events', base));

  function modelOf(role: TreeRole, model: SentModel | null): ServedModel | null {
    const urlOf = (at: number) => new URL(`${role}/${at}`, base).href;
    return model && { name: model.name, files: model.files.map(({ path, size }, at) => ({ path, size, url: urlOf(at) })) };
  }

  return {
    async state() {
      const response = await fetch(new URL('state', base));
      if (!response.ok) throw new Error(await response.text());
      const sent = (await response.json()) as Omit<ServedState, TreeRole> & Readonly<Record<TreeRole, SentModel | null>>;
      return { ...sent, student: modelOf('student', sent.student), teacher: modelOf('teacher', sent.teacher) };
    },
    config: (name) => servedConfig(name, new URL('config', base), events),
    followModel: (role, changed) => events.addEventListener(role, changed),
    followServer(gone) {
      events.addEventListener('error', () => gone(true));
      events.addEventListener('open', () => gone(false));
    },
  };
}

function servedConfig(name: string, url: URL, events: EventSource): FilePort {
  const revisionOf = (response: Response) => /"(.*)"/.exec(response.headers.get('etag') ?? '')?.[1] ?? '';
  return {
    name,
    writes: 'file',
    async read() {
      const response = await fetch(url);
      if (!response.ok) throw new Error(await response.text());
      return { text: decodeUtf8(await response.arrayBuffer()), revision: revisionOf(response) };
    },
    async write(text, revision) {
      try {
        const response = await fetch(url, { method: 'PUT', headers: { 'If-Match': `"${revision}"` }, body: text });
        if (response.status === 412) return { type: 'changed' };
        return response.ok ? { type: 'written', revision: revisionOf(response) } : { type: 'failed', reason: await response.text() };
      } catch {
        return { type: 'failed', reason: 'Espalier in the terminal does not answer. Start it again with the same files.' };
      }
    },
    ...alwaysAllowed,
    follow(changed) {
      events.addEventListener('config', changed);
      // A change is not reported while the connection is interrupted.
      events.addEventListener('open', changed);
      // Nor was one that came after the file was read.
      changed();
    },
  };
}
