import { modes, type Mode } from '../../core/config/mode.ts';
import { mostSteps } from '../../core/plan/commit.ts';
import { createHistory } from '../../core/plan/history.ts';
import type { CarriedTrees } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { initialDerived } from '../../store/derived-store.ts';
import type { PlansStore } from '../../store/plans-store.ts';
import { initialView, type ListText } from '../../store/view-store.ts';
import type { ModelActions } from '../model-actions.ts';
import type { Parts } from '../parts.ts';
import { brokenTextsOf, isBlankPlan, type BrokenTexts, type PlanRecord } from './plan-records.ts';
import type { PlanSaver } from './saving.ts';

/** Which models stay open because the plan that is shown was made for them. */
interface KeptModels {
  readonly student: boolean;
  readonly teacher: boolean;
}

/** Puts plans on show. Only the plan that was asked for last is shown: each asking takes a turn. */
export interface PlanShow {
  /** Takes the next turn; earlier ones then show nothing any more. */
  readonly take: () => number;
  /** Whether nothing else was asked for since that turn. */
  readonly isLast: (turn: number) => boolean;
  /**
   * Shows a plan without its models, as the plan of `record`, or as a new one that is saved soon. Resolves with `null` when
   * something else was asked for in the meantime.
   */
  readonly place: (turn: number, plan: Plan, record: PlanRecord | null) => Promise<KeptModels | null>;
  /** Opens the models of the plan that was placed: those it carries, else from this browser or the samples. */
  readonly openModels: (turn: number, plan: Plan, kept: KeptModels, trees?: CarriedTrees) => Promise<void>;
  /** `place`, then `openModels`. `false`: something else was asked for in the meantime. */
  readonly show: (turn: number, plan: Plan, record: PlanRecord | null, trees?: CarriedTrees) => Promise<boolean>;
  /**
   * Shows the plan that is open here as another tab saved it, as one step that undo takes back. The view stays as it is.
   * `false`: the plan now has another model, or one of the tabs has work that the plan does not hold.
   */
  readonly follow: (plan: Plan, record: PlanRecord) => Promise<boolean>;
}

export function createPlanShow(
  { document, view, derived, engine }: Parts,
  plans: PlansStore,
  saver: PlanSaver,
  models: ModelActions,
  planOf: (text: string) => Promise<Plan | null>,
): PlanShow {
  let asked = 0;

  const savedOf = async (record: PlanRecord | null) => {
    const plan = record?.saved ? await planOf(record.saved.text) : null;
    return plan && record?.saved ? { plan, at: record.saved.at } : null;
  };

  const place: PlanShow['place'] = async (turn, plan, record) => {
    const texts = await brokenTexts(plan, record?.broken ?? {});
    const mode = modes.find((candidate) => plan.lists[candidate].length > 0 || texts[candidate]) ?? 'pruning';
    const saved = await savedOf(record);
    // Changes made while the plan was read are saved before that plan is left.
    await saver.flush();
    if (turn !== asked) return null;
    models.abandon();
    const { student, teacher } = derived.getState();
    const kept = {
      student: student !== null && student.reference.digest === plan.tree?.digest,
      teacher: teacher !== null && teacher.reference.digest === plan.teacher?.digest,
    };
    if (teacher && !kept.teacher) void engine.call('close-tree', { role: 'teacher' });
    derived.setState({
      lists: initialDerived.lists,
      listIds: initialDerived.listIds,
      listNumbers: initialDerived.listNumbers,
      explanations: [],
      preview: null,
      modelChange: null,
      overlap: null,
      ...(kept.student ? {} : { student: null, studentStatus: { type: 'idle' } }),
      ...(kept.teacher ? {} : { teacher: null, teacherStatus: { type: 'idle' } }),
    });
    document.setState({ history: createHistory(plan) });
    view.setState({ mode, listTexts: texts, draft: null, focus: [], collapsedSubConfigs: new Set(), openMembers: new Set(), dialog: null, renamingPlan: false });
    plans.setState(({ opening }) => ({ opening: opening + 1, opened: { plan, at: Date.now() }, saved }));
    saver.follow(record);
    if (!record && !isBlankPlan(plan)) saver.saveSoon();
    derived.setState({ restoring: plan.tree !== null && !kept.student });
    return kept;
  };

  const openModels: PlanShow['openModels'] = async (turn, plan, kept, trees = {}) => {
    const texted = [
      ['student', trees.tree, plan.tree?.name, kept.student] as const,
      ['teacher', trees.teacher, plan.teacher?.name, kept.teacher] as const,
    ];
    for (const [role, text, name = 'model', keeps] of texted) {
      if (keeps || turn !== asked) continue;
      if (text !== undefined) await models.actions.openTree({ type: 'text', name, text }, role);
      else await models.reopen(role);
    }
    if (turn === asked) derived.setState({ restoring: false });
  };

  return {
    take: () => ++asked,
    isLast: (turn) => turn === asked,
    place,
    openModels,
    async show(turn, plan, record, trees) {
      const kept = await place(turn, plan, record);
      if (!kept) return false;
      await openModels(turn, plan, kept, trees);
      return true;
    },
    async follow(plan, record) {
      const { openId, opening } = plans.getState();
      const saved = await savedOf(record);
      const { history } = document.getState();
      const now = history.present;
      const isFree =
        openId === record.id &&
        plans.getState().openId === openId &&
        plans.getState().opening === opening &&
        derived.getState().saveState === 'saved' &&
        view.getState().draft === null &&
        Object.keys({ ...record.broken, ...brokenTextsOf(view.getState().listTexts) }).length === 0;
      if (!isFree || now.tree?.digest !== plan.tree?.digest || now.teacher?.digest !== plan.teacher?.digest) return false;
      const step = { plan: now, label: 'Changes of another tab', coalesceKey: null, time: Date.now() };
      document.setState({ history: { present: plan, past: [...history.past, step].slice(-mostSteps), future: [] } });
      plans.setState({ saved });
      saver.follow(record);
      return true;
    },
  };
}

/** The broken texts of a record as the editor holds them. */
async function brokenTexts(plan: Plan, broken: BrokenTexts): Promise<Readonly<Record<Mode, ListText | null>>> {
  const texts: Record<Mode, ListText | null> = { ...initialView.listTexts };
  const held = modes.filter((mode) => broken[mode]);
  if (held.length === 0) return texts;
  const { readListText } = await import('../../monaco/read-list-text.ts');
  for (const mode of held) {
    const { text, overtaken } = broken[mode]!;
    const read = readListText(text);
    if (!read.ok) texts[mode] = { text, list: plan.lists[mode], problem: read.error, overtaken };
  }
  return texts;
}
