const key = 'espalier.tour';

/** Whether the tour was taken or declined in this browser; also where storage is blocked, so that the question does not come back each time. */
export function isTourSettled(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return true;
  }
}

/** Notes that the tour need not be offered again. */
export function settleTour(): void {
  try {
    localStorage.setItem(key, 'settled');
  } catch {
    // It is not offered then anyway.
  }
}
