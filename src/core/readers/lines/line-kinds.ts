/** How people begin a remark behind a line of a model: comments, arrows, dashes. */
const remarkMarker = /^\s*(?:#(?!\s?(?:params|flops|parameters)\b)|<+[-=]|[←→⟵⟶⬅➡⇐⇒▶◀👈]|[-=]{1,3}>|\/\/|--|;|\*\*|!|✂|"""|\^\s)/u;

/** Whether a text begins as remarks do. */
export function startsAsRemark(text: string): boolean {
  return remarkMarker.test(text);
}

const gapPatterns: readonly RegExp[] = [
  // Not only dots: `(...)`, `[...]`, `# ...`, `... 10 more`.
  /^(?:#\s*|\/\/\s*)?[([<{]?\s*(?:\.{2,}|…|⋮|\.\s\.\s\.)(?:[^():=]*)[)\]>}]?$/u,
  /^(?:#\s*|\/\/\s*)?[([<{*-]*\s*(?:\d+\s+)?(?:[\w ]{0,30}\s)?(?:lines?|layers?|modules?|blocks?|output)\s+(?:[\w ]{0,20}\s)?(?:omitted|skipped|truncated|left out|hidden|elided|not shown|snipped)\b.*$/i,
  /^(?:#\s*|\/\/\s*)?[([<{*-]*\s*(?:omitted|skipped|truncated|snipp?e?d?|cut|elided)\b[^():=]*[)\]>}*-]*$/i,
  /^-+\s*(?:8<|snip|cut)[^():=]*$/i,
  /^(?:Streaming o|O)utput (?:is )?truncated\b.*$/,
  /^Output hidden\b.*$/,
  /^Output exceeds the size limit\b.*$/,
  /^-{2,}\s?More\s?-{2,}/,
  // vim, where the last line does not fit.
  /^@{1,3}$/,
  // What people write for parts that they leave out.
  /^(?:#\s*|\/\/\s*|[([<{]\s*)?(?:etc\.?|and so on|continues?d?|(?:the )?(?:rest|remainder)\b[^():=]{0,40}|\.{2,}|[:⋯.]|(?:- ){2,}-|省略.{0,10}|中略|以下略|同上)[)\]>}]?\.?$/iu,
  /^(?:#\s*|\/\/\s*)?[([]?\d[^=]{0,40}\b(?:same|identical|similar|repeated)\b.{0,40}$/i,
  /^\.{2,}.{0,60}\b(?:lines?|layers?|modules?|blocks?)\b.{0,40}$/i,
  /^\[?\d+ (?:rows?|lines?|layers?|modules?|blocks?)\b[^():=]{0,30}\]?$/i,
];

/** Whether a line says that lines are left out, as people, editors and notebooks write it. */
export function isGap(content: string): boolean {
  return content.length < 400 && gapPatterns.some((pattern) => pattern.test(content));
}

/** Units at the start of a line that mark a log line. */
const longestStart = 300;

const logLine =
  /^(?:\[?\d{4}[-/]\d\d[-/]\d\d|\[?\d\d:\d\d:\d\d|\[?(?:INFO|WARN|WARNING|DEBUG|ERROR|CRITICAL)\b|[IWEF]\d{4} |(?:\S+:\d+: )?\w*Warning: |Traceback \(|\s*File ".*", line \d|\s*\d+%\|)/;

/** Whether a line is one that loggers, warnings, tracebacks and progress bars write. */
export function isLogLine(content: string): boolean {
  return logLine.test(content.slice(0, longestStart));
}

const promptOrRuler = /^(?:```.*|~~~.*|>>>.*|\.\.\. .*|\$ .*|(?:In|Out) ?\[\d*\]:.*|[-=*_#~]{3,}|print\(.*\))$/;
const longestPrompt = 1000;

/** Whether a line is a prompt with its input, a fence or a ruler. */
export function isPromptOrRuler(content: string): boolean {
  return content.length <= longestPrompt && promptOrRuler.test(content);
}

/** Counts that profilers put among the arguments of a layer; fvcore puts them on a line of their own. */
const profilerLine = /^#(?:params|parameters|flops|acts|activations)\b.*$/;

/** Whether a line of a printed module holds only a profiler's counts. */
export function isProfilerLine(content: string): boolean {
  return profilerLine.test(content) || (content.endsWith(',') && withoutCounts(content).replaceAll(/[,\s]/g, '') === '');
}

const profilerItem =
  /(?:%(?:\s*(?:Params|MACs|FLOPs|latency))?|\b[\d.]+(?:e[+-]?\d+)?\s*(?:[KMGTPkmgt]?(?:MACs?|Macs?|FLOPs?|FLOPS|flops)|[mnuµ]?s|[KMGTk]?B)|\b(?:[KMGT]?(?:MACs?|FLOPS?|FLOPs)))\s*$/;

/**
 * The layer's own arguments: profilers (ptflops, DeepSpeed) put their counts first, and the last of these has a `%` or a
 * unit (rule T28). The text as it is where it holds none.
 */
export function withoutCounts(text: string): string {
  if (!text.includes('%') && !/(?:MAC|FLOP)/i.test(text)) return text;
  const lines = text.split('\n').filter((line) => !profilerLine.test(line.trim()));
  return lines.map(withoutLeadingCounts).join('\n');
}

function withoutLeadingCounts(line: string): string {
  let start = 0;
  let open = 0;
  let own = 0;
  for (let at = 0; at <= line.length; at++) {
    const here = line[at];
    if (here === '(' || here === '[') open++;
    else if (here === ')' || here === ']') open--;
    else if (here === undefined || (here === ',' && open === 0)) {
      if (profilerItem.test(line.slice(start, at))) own = at + 1;
      start = at + 1;
    }
  }
  return line.slice(own).trimStart();
}
