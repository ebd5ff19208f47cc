import { modes } from '../../core/config/mode.ts';
import { floatOf, objectOf } from '../../core/config/value.ts';
import { createNameLookup } from '../../core/module-tree/tree-index.ts';
import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import { settleTour } from './tour-memory.ts';

const exampleId = 'resnet18';
/** Both sub-configs select it, and the second loses it. */
const exampleModule = 'layer1.0.conv1';

/**
 * Starts the tour on what is open. With nothing open it opens an example as a plan of its own: a plan of the user's
 * is never changed.
 */
export async function startTour({ document, derived, actions, samples }: AppContext): Promise<void> {
  settleTour();
  if (!derived.getState().student) {
    const plan = selectPlan(document.getState());
    const isBlank = plan.tree === null && modes.every((mode) => plan.lists[mode].length === 0);
    if (!isBlank) await actions.closePlan();
    const example = samples.find(({ id }) => id === exampleId);
    if (!example || !(await actions.openSample(example))) return;
    actions.setView({ mode: 'pruning' });
    actions.edit([
      { type: 'add-sub-configs', mode: 'pruning', configs: exampleConfigs, label: 'Add the example of the tour' },
      { type: 'set-name', name: 'Tour' },
    ]);
    const tree = derived.getState().student?.tree;
    if (tree) actions.focusModules([createNameLookup(tree).rowOf(exampleModule)]);
  }
  actions.setView({ tour: 0, dialog: null });
}

/** One that selects by a pattern, with a setting, and one whose modules the first took already. */
const exampleConfigs = [
  objectOf([
    ['op_names_re', ['layer[12]\\..*conv1']],
    ['sparse_ratio', floatOf(0.5)],
  ]),
  objectOf([
    ['op_types', ['Conv2d']],
    ['exclude_op_names', ['conv1']],
    ['sparse_ratio', floatOf(0.2)],
  ]),
];
