import { deflateSync } from 'fflate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryPlan } from '../testing/arbitrary-plan.ts';
import { createPlan } from './create-plan.ts';
import { decodePlanFragment, encodePlanFragment, isPlanFragment } from './share.ts';

const seed = 4104;

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

describe('plans in links', () => {
  it(`are the same on the other side (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const { fragment } = encodePlanFragment(plan);
        expect(fragment).toMatch(/^plan=1\.[\w-]+$/);
        expect(decodePlanFragment(`#${fragment}`)).toEqual({ ok: true, value: { plan, trees: {} } });
      }),
      { seed, numRuns: 200 },
    );
  });

  it('carry a tree when it fits, and say when it does not', () => {
    const tree = '{"format":"module-tree","version":1,"modules":[{"name":"","type":"Net"}]}';
    const noise = Array.from({ length: 4000 }, (_, index) => ((index * 2654435761) >>> 0).toString(36)).join('.');
    const teacher = JSON.stringify({ format: 'module-tree', modules: [{ name: '', type: noise }] });
    const shared = encodePlanFragment(createPlan('x'), { tree, teacher }, 5000);
    expect(shared.carries).toEqual(['tree']);
    expect(shared.leavesOut).toEqual(['teacher']);
    expect(shared.fragment.length).toBeLessThan(5000);
    expect(decodePlanFragment(shared.fragment)).toEqual({
      ok: true,
      value: { plan: createPlan('x'), trees: { tree } },
    });
    expect(encodePlanFragment(createPlan('x'), { tree, teacher }, 1e6).carries).toEqual(['tree', 'teacher']);
    const huge = `{"format":"module-tree","modules":[${'{},'.repeat(200_000)}{}]}`;
    expect(encodePlanFragment(createPlan('x'), { tree: huge }, 5000).leavesOut).toEqual(['tree']);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'no-plan-here'],
    ['another fragment', '#section-2', 'no-plan-here'],
    ['another version', '#plan=2.abc', 'damaged'],
    ['odd characters', '#plan=1.a+b/', 'damaged'],
    ['a length that no bytes have', '#plan=1.abcde', 'damaged'],
    ['no data', '#plan=1.', 'damaged'],
    ['what was not deflated', `#plan=1.${base64Url(new Uint8Array([7, 7, 7, 7, 7]))}`, 'damaged'],
    ['a link that was cut off', encodePlanFragment(createPlan('some name')).fragment.slice(0, 40), 'damaged'],
    ['another document', `#plan=1.${base64Url(deflateSync(Buffer.from('{"format":"x"}')))}`, 'bad-plan'],
  ])('refuse %s', (_, fragment, type) => {
    expect(decodePlanFragment(fragment)).toMatchObject({ ok: false, error: { type } });
  });

  it('refuse what is longer than any link', () => {
    expect(decodePlanFragment(`#plan=1.${'A'.repeat(5_000_000)}`)).toMatchObject({ error: { type: 'too-large' } });
  });

  it('refuse to unpack a bomb', () => {
    const bomb = base64Url(deflateSync(new Uint8Array(64 * 1024 * 1024)));
    expect(bomb.length).toBeLessThan(100_000);
    expect(decodePlanFragment(`#plan=1.${bomb}`)).toMatchObject({ ok: false, error: { type: 'too-large' } });
  });

  it(`never throw (seed ${seed})`, () => {
    const whole = encodePlanFragment(createPlan('a plan with a name')).fragment;
    const changed = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom('A', 'z', '-', '!')).map(
      ([at, character]) => whole.slice(0, at) + character + whole.slice(at + 1),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string().map((text) => `plan=1.${text}`), changed), (fragment) => {
        expect(typeof decodePlanFragment(fragment).ok).toBe('boolean');
      }),
      { seed, numRuns: 500 },
    );
  });

  it('are reported from other fragments', () => {
    expect(['#plan=1.x', 'plan=9', '#tree', ''].map(isPlanFragment)).toEqual([true, true, false, false]);
  });
});
