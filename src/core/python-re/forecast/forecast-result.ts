/** The predicted time of a sweep. */
export interface Forecast {
  /** Steps over all names, counted until the verdict is clear. */
  readonly steps: number;
  /** The slowest of the names that were looked at. */
  readonly index: number;
}

/** Longer than any sweep whose length matters. */
export const mostSteps = 1e20;
