import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksLikeConfigList } from '../../core/readers/kind-of-text.ts';
import { modes } from '../../core/config/mode.ts';
import { demandAlgorithm, UnusableInput } from '../command-line.ts';
import type { Streams } from '../answer-lines.ts';
import { reason } from '../inputs.ts';
import { printable } from '../printable.ts';
import { followFile, followModel, linkModel, type LinkedModel } from './linked-files.ts';
import { openBrowser } from './open-browser.ts';
import type { OpenOptions } from './open-options.ts';
import { listPageFiles } from './page-files.ts';
import { servePage } from './page-server.ts';
import { readRevision } from '../write-atomically.ts';

/** The built page is next to the built command line. */
const pageFolder = fileURLToPath(new URL('../app/', import.meta.url));

/** Serves the page with the files until the process is ended. */
export async function runOpen(options: OpenOptions, { print, complain }: Pick<Streams, 'print' | 'complain'>): Promise<number> {
  const files = await listPageFiles(pageFolder);
  if (!files) throw new UnusableInput('The built page is missing: run npm run build.');
  const { model, config } = await withConfigAlone(options);
  if (options.mode !== null && !modes.some((mode) => mode === options.mode)) {
    throw new UnusableInput(`There is no mode ${options.mode}: use ${modes.join(', ')}.`);
  }
  if (options.algorithm !== null) demandAlgorithm(options.algorithm, '--algorithm');
  const student = await modelAt(model);
  const teacher = await modelAt(options.teacher);
  if (config !== null) await demandFolder(config);

  const link = {
    models: { student: student.now, teacher: teacher.now },
    config: config === null ? null : { path: config, name: basename(config) },
    mode: options.mode,
    algorithm: options.algorithm,
    set: options.set,
  };
  const server = await servePage(files, link, options.port ?? undefined).catch((error: unknown) => {
    throw new UnusableInput(`The page cannot be served: ${error instanceof Error ? error.message : String(error)}.`);
  });
  student.follow(() => server.announce('student'));
  teacher.follow(() => server.announce('teacher'));
  if (config !== null) followFile(config, () => server.announce('config'));
  await print(`Espalier is open at ${server.address}`);
  await print('It answers only this machine, and only requests with this address. Stop it with Ctrl+C.');
  if (options.browser) {
    void openBrowser(server.address).then((isOpen) => {
      if (!isOpen) complain('espalier: No browser could be started. Open the address above in one.');
    });
  }
  await new Promise<void>((resolve) => {
    // SIGHUP, of a terminal that is closed, ends the process by itself, unless `nohup` has it ignored.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  process.exit(0);
}

interface FollowedModel {
  readonly now: () => Promise<LinkedModel | null>;
  readonly follow: (changed: () => void) => void;
}

/** A model that must be there at the start; later it may go and come back. */
async function modelAt(path: string | null): Promise<FollowedModel> {
  if (path === null) return { now: async () => null, follow: () => undefined };
  let model: LinkedModel | null = await linkModel(path).catch((error: unknown) => {
    throw new UnusableInput(`The model ${path} cannot be opened: ${reason(error)}.`);
  });
  if (model.files.length === 0) throw new UnusableInput(`The model ${path} is a folder without files that can be read.`);
  return {
    now: async () => model,
    follow: (changed) =>
      followModel(path, () => {
        void linkModel(path)
          .then((next) => (model = next))
          .catch(() => undefined)
          .then(changed);
      }),
  };
}

/** A config file may be new; its folder may not. */
async function demandFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) throw new UnusableInput(`${path} is no file.`);
  if (!found && !(await stat(dirname(path)).catch(() => null))?.isDirectory()) throw new UnusableInput(`The folder of ${printable(path)} does not exist.`);
}

/** Characters of a file that decide whether it is a list or a model. */
const mostLookedAt = 1_000_000;

/** With one file, its content decides whether it is a model or a config list. */
async function withConfigAlone({ model, config }: OpenOptions): Promise<{ readonly model: string | null; readonly config: string | null }> {
  if (model === null || config !== null || !/\.(?:json|py|ya?ml|txt)$/i.test(model)) return { model, config };
  const found = await readRevision(model).catch(() => null);
  if (!found || found.bytes.length > mostLookedAt) return { model, config };
  const text = Buffer.from(found.bytes).toString('utf8');
  const isConfig = looksLikeConfigList(text) || /"format"\s*:\s*"compression-plan"/.test(text.slice(0, 4096));
  return isConfig ? { model: null, config: model } : { model, config };
}
