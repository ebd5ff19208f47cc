/** Fetches once, when it is first asked to. Where that fails, the next time is another try. */
export function fetchOnce<Fetched>(load: () => Promise<Fetched>): () => Promise<Fetched> {
  let fetching: Promise<Fetched> | null = null;
  return () => {
    fetching ??= load();
    fetching.catch(() => (fetching = null));
    return fetching;
  };
}
