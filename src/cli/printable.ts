/**
 * Characters that steer a terminal or hide parts of a line: control characters (C0, DEL, C1), line and paragraph
 * separators, and marks that turn the direction of text.
 */
const steering = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text from outside for one line of output: characters that steer a terminal become escapes, `\u001b`. */
export function printable(text: string): string {
  return text.replace(steering, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Unusable input on standard error: the message, and its details below. */
export function wordUnusable({ message, details }: { readonly message: string; readonly details: readonly string[] }): string {
  return [`espalier: ${printable(message)}`, ...details.map(printable)].join('\n');
}
