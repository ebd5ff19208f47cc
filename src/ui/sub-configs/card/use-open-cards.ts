import { useActions, useStores, useView } from '../../shared/use-app.ts';

/** Whether a card is closed: one by itself when it was closed, a member of a family until it is opened. */
export function useIsClosed(id: string, isMember: boolean): boolean {
  return useView(({ openMembers, collapsedSubConfigs }) => (isMember ? !openMembers.has(id) : collapsedSubConfigs.has(id)));
}

/** Opens a card, or closes it. */
export function useToggle(id: string, isMember: boolean): () => void {
  const { setView } = useActions();
  const { view } = useStores();
  return () => {
    const key = isMember ? 'openMembers' : 'collapsedSubConfigs';
    const next = new Set(view.getState()[key]);
    if (!next.delete(id)) next.add(id);
    setView({ [key]: next });
  };
}
