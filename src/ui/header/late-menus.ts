import { lazyPart } from '../shared/late-parts/lazy-part.tsx';

/** Fetches the contents of the header's menus, so that they are there when one of them opens. */
export const fetchMenus = () => import('./HeaderMenus.tsx');

export const MoreItems = lazyPart(async () => (await fetchMenus()).MoreItems);
export const ModelItems = lazyPart(async () => (await fetchMenus()).ModelItems);
