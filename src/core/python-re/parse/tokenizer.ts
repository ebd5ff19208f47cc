/** Thrown inside the parser only; `compilePattern` turns it into a value. */
export class PatternSyntaxError extends Error {
  readonly kind: PatternErrorType;
  readonly msg: string;
  readonly pos: number | null;

  constructor(kind: PatternErrorType, msg: string, pos: number | null) {
    super(msg);
    this.kind = kind;
    this.msg = msg;
    this.pos = pos;
  }
}

/** The exception types of Python for a pattern that it refuses. */
export type PatternErrorType =
  | 're.error'
  | 'OverflowError'
  | 'RecursionError'
  | 'ValueError'
  | 'RuntimeError'
  | 'TypeError';

/** Splits a pattern into characters and two-character escapes, positions counted in code points as Python does. */
export class Tokenizer {
  next: string | null = null;
  readonly #characters: readonly string[];
  /** UTF-16 offset of each code point; `null` when they are the same. */
  readonly #units: readonly number[] | null;
  #index = 0;

  constructor(source: string) {
    this.#characters = Array.from(source);
    this.#units = this.#characters.length === source.length ? null : unitOffsets(this.#characters);
    this.#advance();
  }

  #advance(): void {
    const character = this.#characters[this.#index];
    if (character === undefined) {
      this.next = null;
      return;
    }
    if (character !== '\\') {
      this.#index += 1;
      this.next = character;
      return;
    }
    const escaped = this.#characters[this.#index + 1];
    if (escaped === undefined) {
      throw new PatternSyntaxError('re.error', 'bad escape (end of pattern)', this.#characters.length - 1);
    }
    this.#index += 2;
    this.next = character + escaped;
  }

  match(character: string): boolean {
    if (character !== this.next) return false;
    this.#advance();
    return true;
  }

  get(): string | null {
    const token = this.next;
    this.#advance();
    return token;
  }

  /** At most `count` characters for which `test` holds. */
  getWhile(count: number, test: RegExp): string {
    let taken = '';
    for (let i = 0; i < count && this.next !== null && test.test(this.next); i++) {
      taken += this.next;
      this.#advance();
    }
    return taken;
  }

  /** Everything up to `terminator`, which is swallowed; messages call it `name`. */
  getUntil(terminator: string, name: string): string {
    let taken = '';
    for (;;) {
      const token = this.get();
      if (token === null) {
        if (taken === '') throw this.error(`missing ${name}`);
        throw this.error(`missing ${terminator}, unterminated name`, lengthOf(taken));
      }
      if (token === terminator) {
        if (taken === '') throw this.error(`missing ${name}`, 1);
        return taken;
      }
      taken += token;
    }
  }

  /** Position of the next token. */
  tell(): number {
    return this.#index - (this.next === null ? 0 : lengthOf(this.next));
  }

  /** UTF-16 offset of a position. */
  unit(position: number): number {
    return this.#units?.[position] ?? position;
  }

  seek(position: number): void {
    this.#index = position;
    this.#advance();
  }

  /** An error that points `back` code points before the next token. */
  error(message: string, back = 0): PatternSyntaxError {
    return new PatternSyntaxError('re.error', message, this.tell() - back);
  }
}

/** Number of code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function unitOffsets(characters: readonly string[]): number[] {
  const offsets = [0];
  let unit = 0;
  for (const character of characters) offsets.push((unit += character.length));
  return offsets;
}
