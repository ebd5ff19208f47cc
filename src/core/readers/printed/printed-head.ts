import { isGap, startsAsRemark } from '../lines/line-kinds.ts';

/** The module in a line of a printed model, and the remark after it. */
export interface ModuleText {
  /** `Linear(…)`, or `Sequential(` where children follow. */
  readonly head: string;
  readonly hasRemark: boolean;
  /** The contents are left out: `Block(...)`. */
  readonly isElided: boolean;
  /** A text that is no remark sticks to its end: another output was written into the line. */
  readonly hasMore: boolean;
}

const opener = /^(?:\d+ x )?[^\s()]+(?:\(Reference\))?\(/u;

/** Parts the text of a module from a remark behind its opening or closing parenthesis (rule T28). */
export function splitRemark(text: string): ModuleText {
  const start = opener.exec(text)?.[0];
  if (start === undefined) {
    const named = /^([\p{L}_][\p{L}\p{N}_.]*)\s+(\S.*)$/u.exec(text);
    const isRemark = named !== null && startsAsRemark(named[2]!);
    const isCut = named !== null && isGap(named[2]!);
    return { head: isRemark || isCut ? named[1]! : text, hasRemark: isRemark, isElided: isCut, hasMore: false };
  }
  const behind = text.slice(start.length);
  if (behind === '') return plain(start);
  const close = closingParenthesis(text, start.length - 1);
  const isClosed = close >= 0;
  if (startsAsRemark(behind) && (/^\s/.test(behind) || close !== text.length - 1)) return remarked(start);
  if (isClosed) {
    const whole = text.slice(0, close + 1);
    const tail = text.slice(close + 1);
    const isElided = isGap(text.slice(start.length, close).trim());
    const head = isElided ? `${start})` : whole;
    if (tail.trim() === '' || /^[,;]$/.test(tail.trim())) return { head, hasRemark: false, isElided, hasMore: false };
    const isRemark = /^\s/.test(tail) || startsAsRemark(tail) || /^[^\u0000-\u007f]/u.test(tail);
    return { head, hasRemark: isRemark, isElided, hasMore: !isRemark };
  }
  const goesOn = /[,([{=]$/.test(behind) || /^\s*(?:[\w.]+\s*=|[\d'"-]|\()/.test(behind);
  const isProse = !goesOn && (/^\s+\S/.test(behind) || /^[^\u0000-\u007f]/u.test(behind));
  return isProse ? remarked(start) : plain(text);
}

function plain(head: string): ModuleText {
  return { head, hasRemark: false, isElided: false, hasMore: false };
}

function remarked(head: string): ModuleText {
  return { head, hasRemark: true, isElided: false, hasMore: false };
}

/** Where the parenthesis at `open` closes; -1 where it does not. Parentheses inside quotes do not count. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const here = text[at]!;
    if (quote !== '') {
      if (here === quote) quote = '';
    } else if ((here === "'" || here === '"') && /[=(,[\s]/.test(text[at - 1] ?? '') && text.includes(here, at + 1)) quote = here;
    else if (here === '(') depth++;
    else if (here === ')' && --depth === 0) return at;
  }
  return -1;
}

/** A line that closes blocks: how many, and whether a remark follows. Null for other lines. */
export function closingLine(content: string): { readonly count: number; readonly hasRemark: boolean } | null {
  const parts = /^(\)+)[\]},;"'`]*(?:(\s.*|[^\s)\]},;"'`].*))?$/u.exec(content);
  if (parts === null) return null;
  const [, closing, tail] = parts;
  const rest = tail ?? '';
  if (rest !== '' && !/^\s/.test(rest) && !startsAsRemark(rest) && !/^[^\u0000-\u007f]/u.test(rest)) return null;
  return { count: closing!.length, hasRemark: rest.trim() !== '' };
}
