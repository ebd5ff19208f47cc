/** Milliseconds after which the page starts although no paint was reported: a browser may report none. */
const patience = 400;

/**
 * Resolves once the start page that the HTML brings along is on screen: code that is read before would hold it up. Resolves at once where
 * nothing will be painted: in a tab in the background, or where a plan opens and the start page is hidden.
 */
export function firstPaint(): Promise<void> {
  const isAwaited =
    document.visibilityState === 'visible' &&
    document.documentElement.dataset['opens'] === undefined &&
    document.getElementById('root')?.firstElementChild != null &&
    PerformanceObserver.supportedEntryTypes.includes('paint');
  if (!isAwaited) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', end);
      clearTimeout(timer);
      resolve();
    };
    const observer = new PerformanceObserver((paints) => {
      if (paints.getEntriesByName('first-contentful-paint').length > 0) end();
    });
    const timer = setTimeout(end, patience);
    document.addEventListener('visibilitychange', end);
    // Paints of before are reported, too: WebKit does so before this call returns.
    observer.observe({ type: 'paint', buffered: true });
  });
}
