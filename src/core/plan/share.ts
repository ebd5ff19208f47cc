import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { fail, succeed, type Result } from '../result.ts';
import type { CarriedTrees, PlanFile, PlanFileError } from './plan-file.ts';
import { readPlanFile, writeCompactPlan } from './plan-file.ts';
import type { Plan } from './plan.ts';

/** A plan as the fragment of a link, without the `#`. */
export interface PlanFragment {
  readonly fragment: string;
  /** Which trees fitted in; the others are named by reference only. */
  readonly carries: readonly ('tree' | 'teacher')[];
  /** Trees that were given but would have made the link too long. */
  readonly leavesOut: readonly ('tree' | 'teacher')[];
}

/** Why a fragment holds no plan. */
export type PlanFragmentError =
  /** Not a link to a plan at all. */
  | { readonly type: 'no-plan-here' }
  /** Cut off or changed on its way. */
  | { readonly type: 'damaged' }
  /** Longer than any link, or unpacks to more than is sensible; `limit` in characters. */
  | { readonly type: 'too-large'; readonly limit: number }
  | { readonly type: 'bad-plan'; readonly error: PlanFileError };

const prefix = 'plan=1.';
/** Links up to here survive mail, chat and every browser. */
const longestWithTrees = 30_000;
const longestFragment = 4 * 1024 * 1024;
const largestText = 8 * 1024 * 1024;
/** Trees of many equal layers pack to about a fortieth. */
const bestRate = 100;
/** Deflate makes at most 1032 bytes out of one, so a piece yields no more than 4 MB before the limit is seen. */
const pieceLength = 4096;

/**
 * Packs a plan into a link: the plan always, its trees as long as the link stays shorter than `longest`. The trees that are
 * left out are named.
 */
export function encodePlanFragment(
  plan: Plan,
  trees: CarriedTrees = {},
  longest: number = longestWithTrees,
): PlanFragment {
  const names = (['tree', 'teacher'] as const).filter((name) => trees[name] !== undefined);
  let packed = deflate(writeCompactPlan(plan));
  let carried: CarriedTrees = {};
  for (const name of names) {
    const text = trees[name];
    // A tree that would not fit at the best rate that trees reach need not be packed to know it.
    if (text === undefined || text.length > longest * bestRate) continue;
    const more: CarriedTrees = { ...carried, [name]: text };
    const longer = deflate(writeCompactPlan(plan, more));
    if (prefix.length + base64Length(longer.length) > longest) continue;
    carried = more;
    packed = longer;
  }
  return {
    fragment: prefix + toBase64Url(packed),
    carries: names.filter((name) => carried[name] !== undefined),
    leavesOut: names.filter((name) => carried[name] === undefined),
  };
}

/** Whether a fragment (with or without `#`) says that it holds a plan. */
export function isPlanFragment(fragment: string): boolean {
  return fragment.replace(/^#/, '').startsWith('plan=');
}

/** Unpacks the plan of a fragment (with or without `#`). Never throws, and never unpacks more than 8 MB. */
export function decodePlanFragment(fragment: string): Result<PlanFile, PlanFragmentError> {
  const bare = fragment.replace(/^#/, '');
  if (!bare.startsWith(prefix)) return fail({ type: isPlanFragment(bare) ? 'damaged' : 'no-plan-here' });
  if (bare.length > longestFragment) return fail({ type: 'too-large', limit: longestFragment });
  const bytes = fromBase64Url(bare.slice(prefix.length));
  if (!bytes) return fail({ type: 'damaged' });
  const text = unpack(bytes);
  if (!text.ok) return text;
  const file = readPlanFile(text.value);
  if (file.ok) return file;
  return fail(file.error.type === 'not-json' ? { type: 'damaged' } : { type: 'bad-plan', error: file.error });
}

function deflate(text: string): Uint8Array {
  return deflateSync(strToU8(text), { level: 9 });
}

function base64Length(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

function unpack(bytes: Uint8Array): Result<string, PlanFragmentError> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    if (length <= largestText) parts.push(part);
  });
  try {
    for (let start = 0; start < bytes.length || start === 0; start += pieceLength) {
      inflate.push(bytes.subarray(start, start + pieceLength), start + pieceLength >= bytes.length);
      if (length > largestText) return fail({ type: 'too-large', limit: largestText });
    }
  } catch {
    // fflate throws on bytes that deflate did not write.
    return fail({ type: 'damaged' });
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return succeed(strFromU8(all));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const digits: ReadonlyMap<string, number> = new Map(alphabet.split('').map((digit, index) => [digit, index]));

/** Base64 with `-` and `_` and without padding, as links want it. */
function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const count = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < count; k++) text += alphabet[(bits >> (18 - 6 * k)) & 63];
  }
  return text;
}

/** The bytes; `null` when the text has other characters or a length that no bytes have. */
function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const digit = digits.get(character);
    if (digit === undefined) return null;
    bits = ((bits << 6) | digit) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 255;
    }
  }
  return bytes;
}
