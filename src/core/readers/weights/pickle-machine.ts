import { succeed, type Result } from '../../result.ts';
import { callGlobal, instanceOf, isForbidden, resolvePersistentId } from './pickle-calls.ts';
import { kindOfPickle, pickleItems, storageWithin, type PickleGlobal, type PickleList, type PickleValue } from './pickle-values.ts';
import { readFailure, shorten, type ReadError } from '../messages/read-error.ts';
import { decodeLoosely } from '../bytes/text-encoding.ts';

/** Where a pickle is and how much of it there may be. */
export interface PickleInput {
  readonly bytes: Uint8Array;
  /** Where the pickle starts in `bytes`. */
  readonly start: number;
  /** The name in messages, e.g. `archive/data.pkl`. */
  readonly entry: string;
  /** Objects that may be made. */
  readonly maxObjects: number;
}

/** The value of a pickle. */
export interface PickleOutput {
  readonly value: PickleValue;
  /** One past its last byte. */
  readonly end: number;
}

/** The pickle needs more bytes than were read: no error where the file continues. */
export interface PickleCut {
  readonly type: 'cut';
}

/** Where torch names the storage in a file within a pickle; the weights follow. */
const longestStart = 1000;

/**
 * Works a pickle (protocols 0 to 5) out without running anything (rule T12): classes and functions stay names,
 * calls are recorded, and only the few that build tensors and containers are understood. Globals that could only
 * serve to run code are refused by name. Time and memory are bounded by the bytes and by `maxObjects`.
 */
export function runPickle(input: PickleInput): Result<PickleOutput | PickleCut, ReadError> {
  const { bytes } = input;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const stack: PickleValue[] = [];
  const marks: number[] = [];
  const memo = new Map<number, PickleValue>();
  let at = input.start;
  let opStart = at;
  let objects = 0;
  let isCut = false;
  let failure: Result<never, ReadError> | null = null;

  function broken(reason: string): null {
    failure ??= readFailure('pickle-broken', { reason, byte: opStart - input.start, entry: input.entry });
    return null;
  }

  function has(count: number): boolean {
    if (count >= 0 && at + count <= bytes.length) return true;
    isCut = true;
    return false;
  }

  function push(value: PickleValue): void {
    stack.push(value);
    if (typeof value === 'object' && value !== null && ++objects > input.maxObjects) {
      failure ??= readFailure('pickle-too-large', {
        limit: input.maxObjects,
        byte: opStart - input.start,
        entry: input.entry,
      });
    }
  }

  function pop(): PickleValue {
    const floor = marks.at(-1) ?? 0;
    if (stack.length <= floor) return broken('its stack is empty');
    return stack.pop()!;
  }

  function top(): PickleValue {
    const floor = marks.at(-1) ?? 0;
    return stack.length <= floor ? broken('its stack is empty') : stack.at(-1)!;
  }

  function popToMark(): PickleValue[] {
    const mark = marks.pop();
    if (mark === undefined) {
      broken('a mark is missing');
      return [];
    }
    return stack.splice(mark);
  }

  function takeLength(width: 1 | 4 | 8): number {
    if (!has(width)) return 0;
    at += width;
    if (width === 1) return view.getUint8(at - 1);
    if (width === 4) return view.getUint32(at - 4, true);
    return view.getUint32(at - 8, true) + view.getUint32(at - 4, true) * 2 ** 32;
  }

  function takeLine(decode: (line: Uint8Array) => string = decodeLoosely): string {
    const end = bytes.indexOf(10, at);
    if (end < 0) {
      isCut = true;
      return '';
    }
    const line = decode(bytes.subarray(at, Math.min(end, at + 65536)));
    at = end + 1;
    return line;
  }

  function takeText(length: number): string {
    if (!has(length)) return '';
    at += length;
    return decodeLoosely(bytes.subarray(at - length, at));
  }

  function skipBytes(length: number): PickleValue {
    if (!has(length)) return { type: 'bytes', length, storage: null };
    at += length;
    const start = String.fromCharCode(...bytes.subarray(at - length, at - length + Math.min(length, longestStart)));
    return { type: 'bytes', length, storage: storageWithin(start) };
  }

  function globalOf(module: string, name: string): PickleGlobal {
    const path = `${module}.${name}`;
    if (isForbidden(path)) {
      failure ??= readFailure('pickle-forbidden', {
        global: shorten(path),
        byte: opStart - input.start,
        entry: input.entry,
      });
    }
    return { type: 'global', path };
  }

  function addItems(target: PickleValue, values: readonly PickleValue[]): void {
    if (typeof target === 'object' && target?.type === 'list') {
      for (const value of values) target.items.push(value);
    }
    else if (kindOfPickle(target) !== 'object') broken('it appends to something that is no list');
  }

  function setItems(target: PickleValue, values: readonly PickleValue[]): void {
    if (typeof target === 'object' && target?.type === 'dict') {
      for (let i = 0; i + 1 < values.length; i += 2) target.items.push([values[i]!, values[i + 1]!]);
    } else if (kindOfPickle(target) !== 'object') {
      broken('it sets keys of something that is no dictionary');
    }
  }

  function makeObject(made: PickleValue, args: PickleValue): PickleValue {
    if (typeof made === 'object' && made?.type === 'global') return instanceOf(made, args);
    return kindOfPickle(made) === 'object' ? made : broken('it makes an instance of something that is no class');
  }

  function integerOf(line: string): PickleValue {
    if (line === '00' || line === '01') return line === '01';
    const number = Number(line.replace(/L$/, ''));
    return Number.isNaN(number) ? broken('a number is malformed') : number;
  }

  function longOf(length: number): PickleValue {
    if (!has(length)) return 0;
    at += length;
    let value = 0;
    for (let i = at - 1; i >= at - length; i--) value = value * 256 + bytes[i]!;
    return length > 0 && bytes[at - 1]! >= 128 ? value - 256 ** length : value;
  }

  while (at < bytes.length) {
    opStart = at;
    const code = bytes[at++]!;
    switch (code) {
      case 0x80: // PROTO
        skipBytes(1);
        break;
      case 0x95: // FRAME
        skipBytes(8);
        break;
      case 0x2e: // .
        return failure ?? succeed({ value: pop(), end: at });
      case 0x28: // (
        marks.push(stack.length);
        break;
      case 0x30: // 0
        if (stack.length === (marks.at(-1) ?? 0)) popToMark();
        else pop();
        break;
      case 0x31: // 1
        popToMark();
        break;
      case 0x32: // 2
        push(top());
        break;
      case 0x4e: // N
        push(null);
        break;
      case 0x88: // NEWTRUE
        push(true);
        break;
      case 0x89: // NEWFALSE
        push(false);
        break;
      case 0x49: // I
      case 0x4c: // L
        push(integerOf(takeLine()));
        break;
      case 0x46: // F
        push(Number(takeLine()));
        break;
      case 0x4a: // J
        if (has(4)) push(view.getInt32(at, true));
        at += 4;
        break;
      case 0x4b: // K
        push(takeLength(1));
        break;
      case 0x4d: // M
        if (has(2)) push(view.getUint16(at, true));
        at += 2;
        break;
      case 0x47: // G
        if (has(8)) push(view.getFloat64(at, false));
        at += 8;
        break;
      case 0x8a: // LONG1
        push(longOf(takeLength(1)));
        break;
      case 0x8b: // LONG4
        push(longOf(takeLength(4)));
        break;
      case 0x53: // S
        push(unquoted(takeLine()));
        break;
      case 0x56: // V
        push(takeLine(latin1).replaceAll(/\\u([\da-f]{4})|\\U000([\da-f]{5})/gi, characterOf));
        break;
      case 0x55: // U
      case 0x8c: // SHORT_BINUNICODE
        push(takeText(takeLength(1)));
        break;
      case 0x54: // T
      case 0x58: // X
        push(takeText(takeLength(4)));
        break;
      case 0x8d: // BINUNICODE8
        push(takeText(takeLength(8)));
        break;
      case 0x43: // C
        push(skipBytes(takeLength(1)));
        break;
      case 0x42: // B
        push(skipBytes(takeLength(4)));
        break;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        push(skipBytes(takeLength(8)));
        break;
      case 0x97: // NEXT_BUFFER
        push({ type: 'bytes', length: 0, storage: null });
        break;
      case 0x98: // READONLY_BUFFER
        break;
      case 0x5d: // ]
      case 0x29: // )
      case 0x8f: // EMPTY_SET
        push(list([]));
        break;
      case 0x6c: // l
      case 0x74: // t
      case 0x91: // FROZENSET
        push(list(popToMark()));
        break;
      case 0x85: // TUPLE1
        push(list([pop()]));
        break;
      case 0x86: { // TUPLE2
        const second = pop();
        push(list([pop(), second]));
        break;
      }
      case 0x87: { // TUPLE3
        const third = pop();
        const second = pop();
        push(list([pop(), second, third]));
        break;
      }
      case 0x7d: // }
        push({ type: 'dict', items: [] });
        break;
      case 0x64: { // d
        const items = popToMark();
        push({ type: 'dict', items: [] });
        setItems(top(), items);
        break;
      }
      case 0x61: { // a
        const value = pop();
        addItems(top(), [value]);
        break;
      }
      case 0x65: // e
      case 0x90: { // ADDITEMS
        const values = popToMark();
        addItems(top(), values);
        break;
      }
      case 0x73: { // s
        const value = pop();
        const key = pop();
        setItems(top(), [key, value]);
        break;
      }
      case 0x75: { // u
        const values = popToMark();
        setItems(top(), values);
        break;
      }
      case 0x63: { // c
        const module = takeLine();
        push(globalOf(module, takeLine()));
        break;
      }
      case 0x93: { // STACK_GLOBAL
        const name = pop();
        const module = pop();
        if (typeof name !== 'string' || typeof module !== 'string') broken('a class has no name');
        else push(globalOf(module, name));
        break;
      }
      case 0x69: { // i
        const module = takeLine();
        const made = globalOf(module, takeLine());
        push(instanceOf(made, list(popToMark())));
        break;
      }
      case 0x6f: { // o
        const [made, ...args] = popToMark();
        push(makeObject(made ?? null, list(args)));
        break;
      }
      case 0x52: { // R
        const args = pop();
        const called = pop();
        push(callGlobal(called, pickleItems(args)));
        break;
      }
      case 0x81: { // NEWOBJ
        const args = pop();
        push(makeObject(pop(), args));
        break;
      }
      case 0x92: { // NEWOBJ_EX
        pop();
        const args = pop();
        push(makeObject(pop(), args));
        break;
      }
      case 0x62: { // b
        const state = pop();
        build(top(), state);
        break;
      }
      case 0x50: // P
        push(resolvePersistentId(printedId(takeLine())));
        break;
      case 0x51: // Q
        push(resolvePersistentId(pop()));
        break;
      case 0x70: // p
        memo.set(Number(takeLine()), top());
        break;
      case 0x71: // q
        memo.set(takeLength(1), top());
        break;
      case 0x72: // r
        memo.set(takeLength(4), top());
        break;
      case 0x94: // MEMOIZE
        memo.set(memo.size, top());
        break;
      case 0x67: // g
      case 0x68: // h
      case 0x6a: { // j
        const key = code === 0x67 ? Number(takeLine()) : takeLength(code === 0x68 ? 1 : 4);
        const known = memo.get(key);
        if (known !== undefined) stack.push(known);
        else if (!isCut) broken('it recalls what was never remembered');
        break;
      }
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
        broken('it uses registered extensions');
        break;
      default:
        broken(`${code} is no operation`);
    }
    if (isCut) return succeed({ type: 'cut' });
    if (failure !== null) return failure;
  }
  return succeed({ type: 'cut' });
}

/** Texts of protocol 0 are Latin-1, where all else is escaped. */
function latin1(line: Uint8Array): string {
  return Array.from(line, (byte) => String.fromCharCode(byte)).join('');
}

/** A text of protocol 0 without its quotes; it is escaped as Python prints it. */
function unquoted(line: string): string {
  const text = line.replace(/^(['"])(.*)\1$/, '$2');
  return text.replaceAll(/\\(?:x([\da-f]{2})|(['"\\]))/gi, (all, code: string | undefined, quoted: string | undefined) =>
    code === undefined ? (quoted ?? all) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function characterOf(all: string, short: string | undefined, long: string | undefined): string {
  const code = Number.parseInt(short ?? long ?? '', 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : all;
}

/** Protocol 0 prints persistent ids: `('storage', <class 'torch.FloatStorage'>, '0', 'cpu', 12)`. */
function printedId(line: string): PickleValue {
  const parts = /^\('(storage|module)', <class '([\w.]+)'>, '([^']*)'/.exec(line);
  return parts === null ? line : list([parts[1]!, { type: 'global', path: parts[2]! }, parts[3]!]);
}

function build(target: PickleValue, state: PickleValue): void {
  if (typeof target === 'object' && target?.type === 'object') target.state = state;
}

function list(items: PickleValue[]): PickleList {
  return { type: 'list', items };
}
