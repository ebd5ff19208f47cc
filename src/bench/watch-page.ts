/** Measurements that the page takes of itself; see `startWatching`. */
export interface PageWatch {
  /** Milliseconds from an input event to the frame in which the tree or the list had changed, since the last call. */
  readonly takePaints: () => number[];
  /** From now on only changes of the tree count as painted, for the last change there. */
  readonly watchTreeOnly: () => void;
  /** Length of the longest task since the last call, in milliseconds. */
  readonly takeLongestTask: () => number;
  /** Times from the beginning of a frame to the beginning of the next, in milliseconds, while `step` does something in each. */
  readonly timeFrames: (frames: number, step: (frame: number) => void) => Promise<number[]>;
  /** When a row of the tree was first painted, in milliseconds since the navigation; `null` before. The console prints `first row`. */
  readonly firstRowAt: () => number | null;
  /** Milliseconds from choosing a file to the first painted row after it. The console prints `tree shown`. */
  readonly takeOpenTimes: () => number[];
}

declare global {
  interface Window {
    watch: PageWatch;
  }
}

/** Runs inside the page before its own scripts: notes the time of each paint. Takes nothing from outside itself. */
export function startWatching(): void {
  const paints: number[] = [];
  const openTimes: number[] = [];
  let pending: number | null = null;
  let chosenAt: number | null = null;
  let firstRow: number | null = null;
  let longest = 0;
  let watched = '[role=tree], [role=article], article';
  /** Runs behind the paint of the coming frame. */
  const afterPaint = (action: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => action());
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  };
  const noteFirstRow = (): void => {
    if (firstRow !== null) return;
    firstRow = performance.now();
    console.debug('first row');
  };
  const noteInput = (event: Event): void => {
    pending = event.timeStamp;
  };
  for (const type of ['input', 'click', 'keydown']) addEventListener(type, noteInput, { capture: true });
  addEventListener(
    'change',
    (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === 'file') chosenAt = event.timeStamp;
    },
    { capture: true },
  );
  const isWatched = (node: Node): boolean => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest(watched) != null;
  };
  new MutationObserver((changes) => {
    const hasRow = document.querySelector('[role=treeitem]') !== null;
    if (firstRow === null && hasRow) afterPaint(noteFirstRow);
    if (chosenAt !== null && hasRow && changes.some(({ target }) => isWatched(target) || target.contains(document.querySelector('[role=tree]')))) {
      const from = chosenAt;
      chosenAt = null;
      afterPaint(() => {
        openTimes.push(performance.now() - from);
        console.debug('tree shown');
      });
    }
    if (pending === null || !changes.some(({ target }) => isWatched(target))) return;
    const from = pending;
    pending = null;
    afterPaint(() => paints.push(performance.now() - from));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  }).observe({ type: 'longtask' });
  window.watch = {
    takePaints: () => paints.splice(0),
    watchTreeOnly: () => void (watched = '[role=tree]'),
    takeOpenTimes: () => openTimes.splice(0),
    takeLongestTask() {
      const was = longest;
      longest = 0;
      return was;
    },
    firstRowAt: () => firstRow,
    timeFrames: (frames, step) =>
      new Promise((resolve) => {
        const times: number[] = [];
        let before: number | null = null;
        // Each frame has the time at which it began: one that is left out makes the next twice as long.
        const next = (began: number): void => {
          if (before !== null) times.push(began - before);
          before = began;
          if (times.length === frames) resolve(times);
          else {
            step(times.length);
            requestAnimationFrame(next);
          }
        };
        requestAnimationFrame(next);
      }),
  };
}
