/** The lines of a text that was pasted into an entry, without empty ones and quotes around them. */
export function splitPasted(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(["'])(.*)\1,?$/, '$2'))
    .filter((line) => line !== '');
}
