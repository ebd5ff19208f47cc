/** The number of a sub-config that a person sees, given its place (from 1) in the list that was resolved (rule F7). */
export type NumberOf = (place: number) => number;

/** The numbers where every sub-config counts: the list as exported, and the command line. */
export function asResolved(place: number): number {
  return place;
}
