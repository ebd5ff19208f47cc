import { readAlgorithm } from '../../core/algorithms/algorithm.ts';
import { emptyObject } from '../../core/config/value.ts';
import { applyPlanEdit } from '../../core/plan/plan-edits.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import type { Mode } from '../../core/config/mode.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { TreeRole } from '../../worker/protocol.ts';
import type { ModelActions } from '../model-actions.ts';
import { planWith, type FileFollower, type FollowerParts } from './follow-file.ts';
import { openServedLink, type ServedLink, type ServedState } from './served-file.ts';

export interface ServedParts extends FollowerParts {
  readonly models: ModelActions['actions'];
}

/** Opens the files of `espalier open`, and follows them. */
export async function startServed(base: string, parts: ServedParts, follower: FileFollower): Promise<void> {
  const { store, derived } = parts;
  const link = openServedLink(base);
  link.followServer((isGone) => {
    if (isGone) follower.showProblem({ type: 'gone' });
    else if (store.getState().problem?.type === 'gone') follower.showProblem(null);
  });
  let state: ServedState;
  try {
    state = await link.state();
  } catch {
    derived.setState({ restoring: false });
    follower.showProblem({ type: 'gone' });
    return;
  }
  for (const role of ['student', 'teacher'] as const) {
    await openModel(state, role, parts);
    link.followModel(role, () => void link.state().then((now) => openModel(now, role, parts), () => undefined));
  }
  try {
    // A model that was opened before the list is there would be in another plan.
    if (state.config) await openConfig(link, state, state.config.name, parts, follower);
    else if (state.mode) parts.view.setState({ mode: state.mode });
  } finally {
    derived.setState({ restoring: false });
  }
  addEventListener('beforeunload', (event) => {
    if (store.getState().isEdited) event.preventDefault();
  });
}

async function openModel(state: ServedState, role: TreeRole, { models }: ServedParts): Promise<void> {
  const model = state[role];
  if (model) await models.openTree({ type: 'served', name: model.name, files: model.files }, role);
}

/** Shows the config file as a plan of its own. A broken file is reported, and taken once it is mended. */
async function openConfig(link: ServedLink, state: ServedState, name: string, parts: ServedParts, follower: FileFollower): Promise<void> {
  const { document, view, keeping } = parts;
  const port = link.config(name);
  const options = { mode: state.mode ?? (state.algorithm === null ? null : (readAlgorithm(state.algorithm)?.mode ?? null)), choice: null, given: new Map(Object.entries(state.set)), savesAtOnce: state.savesAtOnce === true };
  const found = await follower.read(port, options);
  if (!found.ok) {
    follower.showProblem({ type: 'unreadable', name, fault: found.error });
    let isMended = false;
    port.follow(() => {
      if (isMended) return;
      void follower.read(port, options).then((again) => {
        if (!again.ok) return follower.showProblem({ type: 'unreadable', name, fault: again.error });
        isMended = true;
        return openConfig(link, state, name, parts, follower);
      });
    });
    return;
  }
  const { content } = found.value;
  const { tree, teacher } = selectPlan(document.getState());
  const base = { ...createPlan(name), tree, teacher };
  const read = content.type === 'plan' ? { ...content.plan, tree: tree ?? content.plan.tree, teacher: teacher ?? content.plan.teacher } : planWith(base, content);
  const own = withAlgorithm(read, state.algorithm);
  // Otherwise another plan is open, which must not be written to this file.
  if (!(await (await keeping()).openForeign({ plan: own, trees: {} }, null))) return;
  const mode: Mode | null = content.type === 'list' ? content.mode : state.mode;
  if (mode) view.setState({ mode });
  follower.follow(port, found.value, content, { ...options, mode });
}

/** The plan with the class that was named when espalier was started; one that is not known changes nothing. */
function withAlgorithm(plan: Plan, name: string | null): Plan {
  const algorithm = name === null ? null : readAlgorithm(name);
  return algorithm === null ? plan : applyPlanEdit(plan, { type: 'set-algorithm', mode: algorithm.mode, planned: { algorithm, call: emptyObject } });
}
