import type { FindCharacter } from '../parse/parser.ts';

let loaded: FindCharacter | null = null;

/** Loads the table of Unicode character names, once; afterwards `compilePattern` knows them. */
export async function loadCharacterNames(): Promise<void> {
  if (loaded) return;
  const names = await import('./character-names.ts');
  loaded = names.findCharacter;
}

/** Finds a character by its name; `null` when there is none or the names are not loaded. */
export function findLoadedCharacter(name: string): number | null {
  return loaded ? loaded(name) : null;
}
