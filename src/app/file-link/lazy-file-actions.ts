import type { FileActions, FileLinkStore } from '../../store/file-link-store.ts';
import type { FileLink } from './file-link.ts';

/** The actions of a link whose code is fetched with the first file. */
export function lazyFileActions(fetch: () => Promise<FileLink>, store: FileLinkStore): FileActions {
  async function link(name: string, action: (actions: FileActions) => Promise<void>): Promise<void> {
    const fetched = await fetch().catch(() => null);
    if (fetched) await action(fetched.actions);
    else store.setState({ problem: { type: 'not-linked', name } });
  }
  /** Without a file there is nothing to do; with one, the code is there. */
  async function act(action: (actions: FileActions) => Promise<void>): Promise<void> {
    if (store.getState().file) await action((await fetch()).actions);
  }
  return {
    linkFile: (file, reading) => link(file.name, ({ linkFile }) => linkFile(file, reading)),
    linkPlan: (file) => link(file.name, ({ linkPlan }) => linkPlan(file)),
    saveFile: () => act(({ saveFile }) => saveFile()),
    settleFile: (how) => act(({ settleFile }) => settleFile(how)),
    allowFile: () => act(({ allowFile }) => allowFile()),
    dismissFileProblem: () => store.setState({ problem: null }),
  };
}
