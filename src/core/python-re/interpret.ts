import { combineFlags, flagBits, type Anchor, type Flags, type PatternNode, type Sequence } from './ast.ts';
import { isCharacterNode, testOf } from './character-test.ts';
import type { ParsedPattern } from './parser.ts';
import type { PythonVersion } from './python-version.ts';
import { isWord, toLower } from './unicode.ts';
import { widthOf } from './width.ts';

/** How one attempt at one position ended. */
export type Attempt =
  | { readonly type: 'match'; readonly end: number; readonly groups: readonly (readonly [number, number] | null)[] }
  | { readonly type: 'no-match' }
  /** The steps were used up, or the recursion went too deep. */
  | { readonly type: 'exhausted' };

/** A pattern made ready to run. Positions count code points. */
export interface Interpreter {
  /** Tries to match `codes` from `start` on; `whole` demands that the match ends with the text. */
  readonly run: (codes: readonly number[], start: number, budget: number, whole: boolean) => Attempt;
  /** Steps that the last run took. */
  readonly steps: () => number;
}

type Step = (position: number) => boolean;

const exhausted = Symbol('exhausted');

/**
 * Backtracking as CPython's engine does it (rules P10–P14), every step counted so that a pattern which would hang
 * Python is noticed instead of run.
 */
export function createInterpreter(parsed: ParsedPattern, python: PythonVersion): Interpreter {
  const emptyHasNonBoundary = Number(python.slice(2)) >= 14;
  const marks = new Int32Array((parsed.groupCount + 1) * 2).fill(-1);
  let text: readonly number[] = [];
  let steps = 0;
  let budget = 0;
  let end = -1;
  let wantsWhole = false;

  function tick(): void {
    // A throw is the one way out of any depth; it is caught in `run`.
    // oxlint-disable-next-line no-throw-literal, only-throw-error
    if (++steps > budget) throw exhausted;
  }

  function compileSequence(sequence: Sequence, flags: Flags, next: Step): Step {
    let step = next;
    for (let i = sequence.length - 1; i >= 0; i--) step = compileNode(sequence[i]!, flags, step);
    return step;
  }

  function compileNode(node: PatternNode, flags: Flags, next: Step): Step {
    if (isCharacterNode(node)) {
      const test = testOf(node, flags);
      return (position) => {
        tick();
        return position < text.length && test(text[position]!) && next(position + 1);
      };
    }
    switch (node.type) {
      case 'at': {
        const test = compileAnchor(node.at, flags);
        return (position) => {
          tick();
          return test(position) && next(position);
        };
      }
      case 'group':
        return compileGroup(node.group, node.body, combineFlags(flags, node.added, node.removed), next);
      case 'branch':
        return compileBranch(node.branches, flags, next);
      case 'atomic': {
        const body = compileIsolated(node.body, flags);
        return (position) => {
          const stop = body(position);
          return stop >= 0 && next(stop);
        };
      }
      case 'assert':
        return compileAssertion(node, flags, next);
      case 'reference':
        return compileReference(node.group, flags, next);
      case 'condition': {
        const yes = compileSequence(node.yes, flags, next);
        const no = node.no === null ? next : compileSequence(node.no, flags, next);
        return (position) => {
          tick();
          return isSet(node.group) ? yes(position) : no(position);
        };
      }
      case 'repeat':
        if (node.kind === 'possessive') return compilePossessive(node, flags, next);
        return node.body.length === 1 && isCharacterNode(node.body[0]!)
          ? compileCharacterRepeat(node, flags, next)
          : compileRepeat(node, flags, next);
    }
  }

  /** A sequence that is matched on its own: where it stops, or -1. */
  function compileIsolated(body: Sequence, flags: Flags): (position: number) => number {
    let stop = -1;
    const step = compileSequence(body, flags, (position) => {
      stop = position;
      return true;
    });
    return (position) => {
      tick();
      return step(position) ? stop : -1;
    };
  }

  function compileGroup(group: number | null, body: Sequence, flags: Flags, next: Step): Step {
    if (group === null) return compileSequence(body, flags, next);
    const inner = compileSequence(body, flags, (position) => {
      marks[group * 2 + 1] = position;
      return next(position);
    });
    return (position) => {
      tick();
      marks[group * 2] = position;
      return inner(position);
    };
  }

  function isSet(group: number): boolean {
    const start = marks[group * 2] ?? -1;
    const stop = marks[group * 2 + 1] ?? -1;
    return start >= 0 && stop >= start;
  }

  function compileBranch(branches: readonly Sequence[], flags: Flags, next: Step): Step {
    const steps = branches.map((branch) => compileSequence(branch, flags, next));
    return (position) => {
      tick();
      const saved = saveMarks();
      for (const step of steps) {
        if (step(position)) return true;
        restoreMarks(saved);
      }
      return false;
    };
  }

  function compileAssertion(
    node: Extract<PatternNode, { readonly type: 'assert' }>,
    flags: Flags,
    next: Step,
  ): Step {
    const body = compileIsolated(node.body, flags);
    const back = node.behind ? widthOf(node.body, parsed.groupWidths).least : 0;
    return (position) => {
      const start = position - back;
      if (!node.negated) return start >= 0 && body(start) >= 0 && next(position);
      const saved = saveMarks();
      if (start >= 0 && body(start) >= 0) return false;
      restoreMarks(saved);
      return next(position);
    };
  }

  function compileReference(group: number, flags: Flags, next: Step): Step {
    const ignoreCase = (flags & flagBits.ignoreCase) !== 0;
    const ascii = (flags & flagBits.ascii) !== 0;
    return (position) => {
      tick();
      if (!isSet(group)) return false;
      const start = marks[group * 2]!;
      const length = marks[group * 2 + 1]! - start;
      if (position + length > text.length) return false;
      for (let i = 0; i < length; i++) {
        tick();
        const a = text[start + i]!;
        const b = text[position + i]!;
        if (a !== b && !(ignoreCase && toLower(a, ascii) === toLower(b, ascii))) return false;
      }
      return next(position + length);
    };
  }

  function compileCharacterRepeat(
    { body, least, most, kind }: Extract<PatternNode, { readonly type: 'repeat' }>,
    flags: Flags,
    next: Step,
  ): Step {
    const [node] = body;
    if (!node || !isCharacterNode(node)) throw new Error('A repeat of one character has one.');
    const test = testOf(node, flags);
    const count = (position: number, limit: number): number => {
      const stop = Math.min(text.length, position + limit);
      let at = position;
      while (at < stop && test(text[at]!)) {
        tick();
        at++;
      }
      return at;
    };
    if (kind === 'greedy') {
      return (position) => {
        tick();
        const furthest = count(position, most);
        const saved = saveMarks();
        for (let at = furthest; at >= position + least; at--) {
          tick();
          if (next(at)) return true;
          restoreMarks(saved);
        }
        return false;
      };
    }
    return (position) => {
      tick();
      let at = count(position, least);
      if (at < position + least) return false;
      const saved = saveMarks();
      for (;;) {
        tick();
        if (next(at)) return true;
        restoreMarks(saved);
        if (at - position >= most || at >= text.length || !test(text[at]!)) return false;
        at++;
      }
    };
  }

  function compileRepeat(
    { body, least, most, kind }: Extract<PatternNode, { readonly type: 'repeat' }>,
    flags: Flags,
    next: Step,
  ): Step {
    let done = 0;
    let last = -1;

    function again(position: number): boolean {
      const doneBefore = done;
      const lastBefore = last;
      done = doneBefore + 1;
      if (doneBefore >= least) last = position;
      if (inner(position)) return true;
      done = doneBefore;
      last = lastBefore;
      return false;
    }

    function leave(position: number): boolean {
      const doneBefore = done;
      const lastBefore = last;
      if (next(position)) return true;
      done = doneBefore;
      last = lastBefore;
      return false;
    }

    const until: Step = (position) => {
      tick();
      if (done < least) return again(position);
      const mayGoOn = done < most && position !== last;
      const saved = saveMarks();
      if (kind === 'greedy') {
        if (mayGoOn && again(position)) return true;
        if (mayGoOn) restoreMarks(saved);
        return leave(position);
      }
      if (leave(position)) return true;
      restoreMarks(saved);
      return mayGoOn && again(position);
    };
    const inner = compileSequence(body, flags, until);

    return (position) => {
      const doneBefore = done;
      const lastBefore = last;
      done = 0;
      last = -1;
      const matched = until(position);
      done = doneBefore;
      last = lastBefore;
      return matched;
    };
  }

  /** Each iteration is atomic; what it took is never given back. */
  function compilePossessive(
    { body, least, most }: Extract<PatternNode, { readonly type: 'repeat' }>,
    flags: Flags,
    next: Step,
  ): Step {
    const once = compileIsolated(body, flags);
    return (position) => {
      tick();
      let at = position;
      let done = 0;
      while (done < most) {
        const saved = saveMarks();
        const stop = once(at);
        if (stop < 0) {
          if (done < least) return false;
          restoreMarks(saved);
          break;
        }
        done++;
        if (stop === at && done >= least) break;
        at = stop;
      }
      return next(at);
    };
  }

  function compileAnchor(anchor: Anchor, flags: Flags): Step {
    const multiline = (flags & flagBits.multiline) !== 0;
    const ascii = (flags & flagBits.ascii) !== 0;
    const isWordAt = (position: number) =>
      position >= 0 && position < text.length && isWord(text[position]!, ascii);
    switch (anchor) {
      case 'begin':
        return multiline ? (at) => at === 0 || text[at - 1] === 10 : (at) => at === 0;
      case 'end':
        return multiline
          ? (at) => at === text.length || text[at] === 10
          : (at) => at === text.length || (at === text.length - 1 && text[at] === 10);
      case 'begin-string':
        return (at) => at === 0;
      case 'end-string':
        return (at) => at === text.length;
      case 'boundary':
        return (at) => text.length > 0 && isWordAt(at - 1) !== isWordAt(at);
      case 'not-boundary':
        return (at) => (text.length > 0 ? isWordAt(at - 1) === isWordAt(at) : emptyHasNonBoundary);
    }
  }

  const tracksMarks = parsed.groupCount > 0;
  const noMarks = new Int32Array(0);
  function saveMarks(): Int32Array {
    return tracksMarks ? marks.slice() : noMarks;
  }
  function restoreMarks(saved: Int32Array): void {
    if (tracksMarks) marks.set(saved);
  }

  const start = compileSequence(parsed.body, parsed.flags, (position) => {
    if (wantsWhole && position !== text.length) return false;
    end = position;
    return true;
  });

  return {
    run(codes, from, limit, whole) {
      text = codes;
      steps = 0;
      budget = limit;
      wantsWhole = whole;
      marks.fill(-1);
      try {
        if (!start(from)) return { type: 'no-match' };
        const groups = Array.from({ length: parsed.groupCount }, (_, i) =>
          isSet(i + 1) ? ([marks[i * 2 + 2]!, marks[i * 2 + 3]!] as const) : null,
        );
        return { type: 'match', end, groups };
      } catch (error) {
        if (error === exhausted || error instanceof RangeError) return { type: 'exhausted' };
        throw error;
      }
    },
    steps: () => steps,
  };
}
