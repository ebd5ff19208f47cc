import { lazyPart } from '../shared/late-parts/lazy-part.tsx';

/** Fetches what the menus of the header hold, so that it is there when one of them opens. */
export const fetchMenus = () => import('./HeaderMenus.tsx');

export const MoreItems = lazyPart(async () => (await fetchMenus()).MoreItems);
export const ModelItems = lazyPart(async () => (await fetchMenus()).ModelItems);
