/** How a property is tried: fast-check's own parameters. */
export interface FuzzRuns {
  readonly seed: number;
  readonly numRuns: number;
}

/**
 * The runs of a fuzz test: a short form that repeats exactly, unless `ESPALIER_FUZZ_TIMES` multiplies the number of
 * runs or `ESPALIER_FUZZ_SEED` sets another seed.
 */
export function fuzzRuns(seed: number, numRuns: number): FuzzRuns {
  const { ESPALIER_FUZZ_SEED: wanted, ESPALIER_FUZZ_TIMES: times } = process.env;
  return { seed: Number(wanted ?? seed), numRuns: Math.ceil(numRuns * Number(times ?? 1)) };
}
