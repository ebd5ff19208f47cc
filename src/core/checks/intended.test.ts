import { describe, expect, it } from 'vitest';
import { createPlan } from '../plan/create-plan.ts';
import { applyPlanEdit, type PlanEdit } from '../plan/plan-edits.ts';
import { readPlan, writePlan } from '../plan/plan-file.ts';
import { objectOf } from '../config/value.ts';
import type { Finding } from './finding.ts';
import { intendedFinding, intendedOfList, markIntended } from './intended.ts';
import { judgeFindings } from './list-verdict.ts';

const mode = 'pruning';
const silent: Finding = {
  code: 'selects-nothing', severity: 'silent', rule: 'S', values: { subConfig: 2 }, fixes: [], where: { subConfig: 1, path: ['op_types', 0] },
};
const refused: Finding = {
  code: 'empty-dict', severity: 'refused', rule: 'V2', values: { key: 'x' }, fixes: [], where: { subConfig: 1, path: [] },
};
const add: PlanEdit = { type: 'add-sub-configs', mode, configs: [objectOf([]), objectOf([['op_types', ['A']]])] };
const plan = applyPlanEdit(createPlan(), add);
const accept = (finding: Finding, on = true): PlanEdit => ({ type: 'set-intended', intended: intendedFinding(finding, mode, 's2'), on });

describe('findings that are intended', () => {
  it('F14: are marked, counted for nothing, and shown as long as they are there', () => {
    const marked = markIntended([silent, refused], intendedOfList(applyPlanEdit(plan, accept(silent)), mode));
    expect(marked).toEqual([{ ...silent, intended: true }, refused]);
    expect(judgeFindings({ accepted: true }, [silent]).state).toBe('runs-with-warnings');
    expect(judgeFindings({ accepted: true }, marked.slice(0, 1))).toEqual({ state: 'ready', error: null, broken: 0, warnings: 0, notChecked: 0 });
  });

  it('F14: what NNI refuses cannot be intended', () => {
    expect(markIntended([refused], intendedOfList(applyPlanEdit(plan, accept(refused)), mode))).toEqual([refused]);
  });

  it('F14: they follow their sub-config, are revoked, and are kept in the plan file', () => {
    const kept = applyPlanEdit(plan, accept(silent));
    expect(intendedOfList(applyPlanEdit(kept, { type: 'move-sub-config', mode, id: 's2', to: 0 }), mode)[0]?.subConfig).toBe(0);
    expect(intendedOfList(applyPlanEdit(kept, { type: 'set-enabled', mode, id: 's2', enabled: false }), mode)).toEqual([]);
    expect(intendedOfList(kept, 'quantization')).toEqual([]);
    expect(applyPlanEdit(kept, accept(silent))).toBe(kept);
    expect(intendedOfList(applyPlanEdit(kept, accept(silent, false)), mode)).toEqual([]);
    expect(readPlan(writePlan(kept))).toEqual({ ok: true, value: kept });
  });
});
