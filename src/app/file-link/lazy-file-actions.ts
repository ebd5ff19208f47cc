import type { FileActions, FileLinkStore } from '../../store/file-link-store.ts';
import type { FileLink } from './file-link.ts';

/** The actions of a link whose code is fetched with the first file. */
export function lazyFileActions(fetch: () => Promise<FileLink>, store: FileLinkStore): FileActions {
  async function act(action: (actions: FileActions) => Promise<void>): Promise<void> {
    const link = await fetch().catch(() => null);
    if (link) await action(link.actions);
    else store.setState({ problem: { type: 'not-written', fault: { type: 'part-not-fetched' } } });
  }
  return {
    linkFile: (file, reading) => act(({ linkFile }) => linkFile(file, reading)),
    linkPlan: (file) => act(({ linkPlan }) => linkPlan(file)),
    saveFile: async () => {
      if (store.getState().file) await act(({ saveFile }) => saveFile());
    },
    settleFile: (how) => act(({ settleFile }) => settleFile(how)),
    dismissFileProblem: () => store.setState({ problem: null }),
  };
}
