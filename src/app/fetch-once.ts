/** Messages for lazily loaded code that could not be fetched. */
export const partNotFetched =
  'Nothing was changed: a part of this page could not be fetched. Check the connection, then do it again.';

/** Fetches once, when it is first asked to. Where that fails, the next time is another try. */
export function fetchOnce<Fetched>(load: () => Promise<Fetched>): () => Promise<Fetched> {
  let fetching: Promise<Fetched> | null = null;
  return () => {
    fetching ??= load();
    fetching.catch(() => (fetching = null));
    return fetching;
  };
}
