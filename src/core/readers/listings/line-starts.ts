import { readLineItem } from './line-item.ts';

/** Removes the text before the name on a line; null for a line that does not begin so. */
type StripStart = (line: string) => string | null;

/** The prefix that loggers write before a message; a number in brackets is the number of the line. */
const logPrefix =
  /^\s*(?:\[(?!\d{1,7}\])[^\]]*\]:?\s*|\(\w+ pid=\d+[^)]*\)\s*|\d{4}[-/]\d\d[-/]\d\d[T ][\d:.,]+Z?\s*|\d\d:\d\d:\d\d\s*|[IWEF]\d{4} [\d:.]+\s+\d+\s+\S+\]\s|(?:INFO|DEBUG|WARN|WARNING):[\w.]+:|(?:INFO|DEBUG|WARN|WARNING)\b\s*[:|-]?\s*|[\w.]+\.py:\d+:?\s+|[-|>]\s+)+/;
const numbering = /^\s*#?[[(]?(\d{1,7})[\])]?(?:[.:)](?=\s|$))?(?:\s*(?:->|[|│┃-])\s?|[ \t]|$)/u;
const bullet = /^\s*[-*•+]\s+|^\s*[+-](?=[\p{L}_.]|$)/u;
const label =
  /^\s*(?:(?:full|sub|layer|param(?:eter)?|module|tensor|weight|key|block|node|op|state|variable)[ _-]?)*(?:names?|layers?|param(?:eter)?s?|modules?|keys?|tensors?|weights?)\s*(?:[:=]|->)/i;
const typeFirst = /^\s*(<class '[^']+'>|(?:[A-Za-z_]\w*\.)*_*\p{Lu}[\p{L}\p{N}_]*)(?:\s*[:|,=]\s*|\s*->\s*|\s+)([^\s'"`:,=|()[\]{}<>]*)$/u;
const leastShare = 0.8;
/** Numbers that count up are numbers of lines even where many other lines are next to them. */
const leastNumbered = 0.5;
/** Lines that are looked at to learn how all of them begin. */
const mostSamples = 2000;

/**
 * Learns how the lines of a list begin: a log prefix, a number, a bullet, a label (`Name: `), or the type before the
 * name; a beginning that most lines share is taken off all of them, so that a number is never taken for a name on one of the lines
 * (rule T6c). The lines must hold something.
 */
export function startOf(lines: readonly string[]): (line: string) => string {
  const every = Math.max(1, Math.ceil(lines.length / mostSamples));
  let samples: readonly string[] = lines.filter((_, at) => at % every === 0);
  const steps: StripStart[] = [];
  const take = (strip: StripStart, share = leastShare): void => {
    const bare = samples.map(strip).filter((line) => line !== null);
    const read = readable(bare);
    if (bare.length < samples.length * share || read === 0) return;
    if (read < Math.min(bare.length, readable(samples)) * leastShare) return;
    steps.push(strip);
    samples = bare;
  };
  if (!haveNamesInBrackets(samples)) take(byLogger);
  if (countUp(samples)) take(by(numbering), leastNumbered);
  take(by(bullet));
  take(by(label));
  take(turnState);
  if (haveTypesFirst(samples)) take(turnType);
  return (line) => {
    let bare = line;
    for (const step of steps) bare = step(bare) ?? bare;
    return bare;
  };
}

/** Whether brackets at the start hold names, one after the other, and not the time or the level of a logger. */
function haveNamesInBrackets(lines: readonly string[]): boolean {
  const names = lines.flatMap((line) => /^\s*\[([\p{L}_][\p{L}\p{N}_.]*)\]\s*\S/u.exec(line)?.[1] ?? []);
  return names.length >= lines.length * leastShare && new Set(names).size > names.length / 2;
}

/** Before the root, which has no name, a line of a log has a space more. */
function byLogger(line: string): string | null {
  const start = logPrefix.exec(line)?.[0];
  return start === undefined ? null : line.slice(start.length - (/\s\s$/.test(start) ? 1 : 0));
}

function by(pattern: RegExp): StripStart {
  return (line) => {
    const start = pattern.exec(line)?.[0];
    return start === undefined || start === '' ? null : line.slice(start.length);
  };
}

/** `Conv2d: layer1.0` as `layer1.0 Conv2d`; the root has no name. */
function turnType(line: string): string | null {
  const parts = typeFirst.exec(line.trimEnd());
  if (parts !== null && parts[2] !== '') return `${parts[2]} ${parts[1]}`;
  const alone = /^\s*(<class '[^']+'>|_*\p{Lu}[\p{L}\p{N}_]*)\s*[:|,=-]?\s*$/u.exec(line);
  return alone === null ? null : ` ${alone[1]}`;
}

const state = /^\s*(?:(freez(?:e|ing)|frozen)|unfreez(?:e|ing)|unfrozen|(?:un)?train(?:ing|able|ed)?|learn(?:ing|able)?|load(?:ing|ed)?|skip(?:ping|ped)?|init(?:ializ(?:ing|ed))?|updat(?:e|ing)|optimi[sz](?:e|ing)|cop(?:y|ying|ied))(?:\s+(?:layers?|param(?:eter)?s?|weights?|tensors?|modules?))?\s*:?\s+(?=\S)/i;

/** `Freezing layer1.weight` as `layer1.weight frozen`; other words before a name are left out. */
function turnState(line: string): string | null {
  const parts = state.exec(line);
  if (parts === null) return null;
  const behind = line.slice(parts[0].length);
  return parts[1] === undefined ? behind : `${behind.trimEnd()} frozen`;
}

/** Whether the lines begin with types: these come again and again, the names behind them do not. */
function haveTypesFirst(lines: readonly string[]): boolean {
  const turned = lines.map((line) => typeFirst.exec(line)).filter((parts) => parts !== null);
  const types = new Set(turned.map(([, type]) => type)).size;
  const names = new Set(turned.map(([, , name]) => name)).size;
  // Tensors have no type of their own.
  if (turned.filter(([, , name]) => /\.(?:weight|bias)$/.test(name ?? '')).length > turned.length / 2) return false;
  return turned.length >= lines.length * leastShare && types < names;
}

/** How many lines name something. */
function readable(lines: readonly string[]): number {
  return lines.filter((line, at) => {
    // A line that begins with a label names something once the label is removed.
    const kind = (readLineItem(line, at === 0) ?? readLineItem(line.replace(label, ''), at === 0))?.kind;
    return kind !== undefined && kind !== 'bare' && kind !== 'word';
  }).length;
}

/** Whether nearly all lines begin with numbers that count up. */
function countUp(lines: readonly string[]): boolean {
  let last: number | null = null;
  let counted = 0;
  for (const line of lines) {
    const number = numbering.exec(line)?.[1];
    if (number === undefined) {
      // `2.0` is the name of a module in `2`.
      if (/^\s*\d+\.\w/.test(line)) return false;
      continue;
    }
    if (last === null || Number(number) > last) counted++;
    last = Number(number);
  }
  return counted > 1 && counted >= lines.length * leastNumbered;
}
