/** Replaces the table of all character names: a report holds the names that its list uses. */
let used: Readonly<Record<string, number>> = {};

export function holdCharacterNames(names: Readonly<Record<string, number>>): void {
  used = names;
}

/** Finds a character by its name. */
export function findCharacter(name: string): number | null {
  return used[name.toUpperCase()] ?? null;
}
