import type { AppContext } from '../../../store/app-context.ts';
import type { OpenOptions } from '../../../store/open-options.ts';
import type { TreeRole } from '../../../worker/protocol.ts';
import type { DroppedFiles } from './files-of.ts';

/** Opens files that were dropped, chosen or pasted, and says which of them were left out. Gives whether a model was opened. */
export async function openFiles(
  { actions, plans }: Pick<AppContext, 'actions' | 'plans'>,
  { files, unread, cutAt }: DroppedFiles,
  role: TreeRole,
  options: OpenOptions,
): Promise<boolean> {
  const before = plans.getState().notice;
  const opened = await actions.openTree({ type: 'files', files }, role, options);
  const { notice } = plans.getState();
  // The notice of opening comes first.
  const after = notice === before ? null : notice;
  if (unread.length > 0 || cutAt !== null) plans.setState({ notice: { type: 'left-out', unread, cutAt, after } });
  return opened;
}
