/** Stands for the table of all character names, of which a report holds those that its list uses. */
let used: Readonly<Record<string, number>> = {};

export function holdCharacterNames(names: Readonly<Record<string, number>>): void {
  used = names;
}

/** Finds a character by its name. */
export function findCharacter(name: string): number | null {
  return used[name.toUpperCase()] ?? null;
}
