import { looksLikeConfigList, looksLikePlan } from '../../core/readers/kind-of-text.ts';
import type { AppActions } from '../../store/app-context.ts';
import type { OpenedFile } from '../../store/file-link-store.ts';
import { handleOf } from '../../ui/shared/files/files-of.ts';
import type { NamedFile, TreeSource } from '../../worker/protocol.ts';

const startLength = 4096;
/** Config lists are looked for in whole files, as a script may begin with anything; larger ones are models. */
const largestList = 1024 * 1024;
/** Plans with the largest trees in them stay below; anything larger is a model. */
const largestPlan = 256 * 1024 * 1024;

async function isPlanFile(file: File): Promise<boolean> {
  if (file.size > largestPlan) return false;
  return looksLikePlan(await file.slice(0, startLength).text().catch(() => ''));
}

/** A config list, alone: given as text (`file` is then `null`) or in one file; `null` for anything else. */
async function configListIn(source: TreeSource): Promise<{ readonly text: string; readonly file: File | null } | null> {
  const [only, ...others] = source.type === 'files' ? source.files : [];
  if (source.type === 'text') return source.text.length <= largestList && looksLikeConfigList(source.text) ? { text: source.text, file: null } : null;
  if (!only || others.length > 0 || only.file.size > largestList || !/\.(?:json|py|txt)$/i.test(only.file.name)) return null;
  const text = await only.file.text().catch(() => '');
  return looksLikeConfigList(text) ? { text, file: only.file } : null;
}

/** Files among which a list is looked for: a larger folder is no model with its list. */
const fewFiles = 100;

interface NamedList {
  readonly text: string;
  readonly named: NamedFile;
}

/** The config lists among several files. */
async function listsAmong(files: readonly NamedFile[]): Promise<readonly NamedList[]> {
  if (files.length < 2 || files.length > fewFiles) return [];
  const lists: NamedList[] = [];
  for (const named of files) {
    const list = await configListIn({ type: 'files', files: [named] });
    if (list) lists.push({ text: list.text, named });
  }
  return lists;
}

/**
 * Opening that knows plans and config lists from models by their content, wherever they come from: dropped, picked or
 * pasted. Of several files the plans are opened first, and then the rest as the model. A config list, alone or next to a model, is
 * handed to `importList`; where there are several, or the model is not opened, `leaveLists` gets their names, and none is imported. Where the
 * user is asked first what the model is for, `afterQuestion` runs the rest once that is settled; it gives whether there is a question. *Save* writes to the file of a plan or a list from then on: `linkPlan` sees to that.
 */
export function openPlansToo(
  openTree: AppActions['openTree'],
  openPlanText: AppActions['openPlanText'],
  importList: (text: string, file: OpenedFile | null) => void,
  linkPlan: (file: OpenedFile) => Promise<void>,
  leaveLists: (names: readonly string[]) => void,
  afterQuestion: (settled: (isModelOpen: boolean) => void) => boolean,
): AppActions['openTree'] {
  return async (source, role = 'student', options = {}) => {
    if (source.type === 'text' && looksLikePlan(source.text.slice(0, startLength))) {
      return openPlanText(source.text, 'The pasted plan');
    }
    const list = role === 'student' ? await configListIn(source) : null;
    if (list !== null) {
      importList(list.text, list.file && openedFile(list.file, list.text));
      return false;
    }
    if (source.type !== 'files') return openTree(source, role, options);
    const models: NamedFile[] = [];
    let opened = false;
    let plan: OpenedFile | null = null;
    for (const named of source.files) {
      const { file } = named;
      if (!(await isPlanFile(file))) {
        models.push(named);
        continue;
      }
      const text = await file.text();
      if (!(await openPlanText(text, file.name))) continue;
      opened = true;
      plan = openedFile(file, text);
    }
    // The open plan belongs to the last file.
    if (plan) await linkPlan(plan);
    const lists = role === 'student' && plan === null ? await listsAmong(models) : [];
    const withoutLists = models.filter((named) => !lists.some((list) => list.named === named));
    // Lists alone are said to be no model.
    const rest = withoutLists.length === 0 && lists.length > 0 ? models : withoutLists;
    if (rest.length === 0 && source.files.length > 0) return opened;
    const isModelOpen = await openTree(rest.length === source.files.length ? source : { type: 'files', files: rest }, role, options);
    const [only] = lists;
    const takeLists = (isOpen: boolean) => {
      if (only && isOpen && lists.length === 1) importList(only.text, openedFile(only.named.file, only.text));
      else if (only && rest !== models) leaveLists(lists.map(({ named }) => named.path));
    };
    if (isModelOpen || !only || !afterQuestion(takeLists)) takeLists(isModelOpen);
    return isModelOpen;
  };
}

function openedFile(file: File, text: string): OpenedFile {
  return { name: file.name, text, handle: handleOf(file) };
}
