import type { AppContext } from '../../store/app-context.ts';

/** Puts a text on the clipboard. Gives false where the browser forbids it, or has no clipboard for this page. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts a text on the clipboard; where that fails, the page says so. For menus, which close at once. Gives whether it is there. */
export async function copyOrReport({ derived }: Pick<AppContext, 'derived'>, text: string): Promise<boolean> {
  const isCopied = await copyText(text);
  if (!isCopied) derived.setState({ trouble: { type: 'not-copied' } });
  else if (derived.getState().trouble?.type === 'not-copied') derived.setState({ trouble: null });
  return isCopied;
}
