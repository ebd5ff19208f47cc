/** What a sweep would take. */
export interface Forecast {
  /** Steps over all names, as far as it takes to tell. */
  readonly steps: number;
  /** The name that takes most of those looked at. */
  readonly index: number;
}
