import { assertionsOfList } from '../core/checks/check-assertions.ts';
import { intendedOfList } from '../core/checks/intended.ts';
import type { Mode } from '../core/config/mode.ts';
import { modes } from '../core/config/mode.ts';
import type { SubConfig } from '../core/plan/plan.ts';
import { selectPlan } from '../store/document-store.ts';
import { noEffects, type Trouble } from '../store/derived-store.ts';
import { judgedParts } from '../store/judged-parts.ts';
import { filterModules } from '../store/module-filter.ts';
import { typingPauses } from '../store/typing-pauses.ts';
import type { Parts } from './parts.ts';

/** Modules in focus that are explained at most: nobody reads more, and each is data to send. */
const mostExplained = 2000;

/** Troubles that are over once a list is resolved. */
const settledByAnswer: ReadonlySet<Trouble['type']> = new Set(['engine-crashed', 'engine-not-fetched', 'part-not-fetched', 'fix-outdated']);

export interface Derivations {
  /** Asks for everything again, e.g. after a tree was opened. */
  readonly refresh: () => void;
  readonly dispose: () => void;
}

function setMode<Value>(record: Readonly<Record<Mode, Value>>, mode: Mode, value: Value): Readonly<Record<Mode, Value>> {
  return { ...record, [mode]: value };
}

/**
 * Keeps the derived store in step with document and view: resolves a mode's list when it, the templates or the
 * Python version change, explains the modules in focus, searches.
 */
export function deriveContinuously({ document, view, derived, engine }: Parts): Derivations {
  const resolvedFrom = new Map<Mode, readonly unknown[]>();
  let searched: readonly unknown[] = [];
  let explainedFrom: readonly unknown[] = [];

  async function resolve(mode: Mode): Promise<void> {
    const plan = selectPlan(document.getState());
    const { student, teacher } = derived.getState();
    if (!student) return;
    const templates = plan.templates;
    const inputs = [...judgedParts(plan, mode), student, teacher];
    const before = resolvedFrom.get(mode);
    if (before && inputs.every((input, i) => input === before[i])) return;
    resolvedFrom.set(mode, inputs);
    const enabled: readonly SubConfig[] = plan.lists[mode].filter((subConfig) => subConfig.enabled);
    const { focus, mode: shown } = view.getState();
    const explains = mode === shown && focus.length > 0;
    const result = await engine.call('resolve', {
      mode,
      list: enabled.map((subConfig) => subConfig.config),
      templates,
      python: plan.python,
      algorithm: plan.algorithms[mode],
      assertions: assertionsOfList(plan, mode),
      ...(explains && { focus: focus.slice(0, mostExplained) }),
      intended: intendedOfList(plan, mode),
    });
    if (derived.getState().student !== student) return;
    if (result.ok) {
      const { view: list, explained } = result.value;
      // The explanations belong to this list as long as the same modules are in focus.
      const isExplained = explains && view.getState().focus === focus && view.getState().mode === mode;
      if (isExplained) explainedFrom = [mode, focus, list];
      derived.setState((state) => ({
        ...(isExplained && explained),
        lists: setMode(state.lists, mode, list),
        listIds: setMode(
          state.listIds,
          mode,
          enabled.map((subConfig) => subConfig.id),
        ),
        // The page numbers all sub-configs, the engine only the enabled ones.
        listNumbers: setMode(state.listNumbers, mode, plan.lists[mode].flatMap((subConfig, at) => (subConfig.enabled ? [at + 1] : []))),
        resolvedWith: setMode(state.resolvedWith, mode, { plan, teacher }),
        // Only what an answer settles.
        trouble: state.trouble !== null && settledByAnswer.has(state.trouble.type) ? null : state.trouble,
      }));
    } else if (result.error.type === 'crashed') {
      derived.setState({ trouble: { type: 'engine-crashed', message: result.error.message } });
    } else if (result.error.type === 'not-fetched') {
      // Forget these inputs so that the next change tries again.
      resolvedFrom.delete(mode);
      derived.setState({ trouble: { type: 'engine-not-fetched' } });
    }
  }

  let typing: ReturnType<typeof setTimeout> | undefined;

  /** Shows a pattern's matches at every keystroke; the list is resolved when the typing pauses. */
  function resolveAfterTyping(): void {
    clearTimeout(typing);
    typing = undefined;
    if (view.getState().draft === null) resolveChanged();
    else typing = setTimeout(resolveAfterPause, typingPauses.resolve);
  }

  function resolveAfterPause(): void {
    typing = undefined;
    resolveChanged();
  }

  function resolveChanged(): void {
    const chosen = view.getState().mode;
    void resolve(chosen);
    for (const mode of modes) if (mode !== chosen) void resolve(mode);
  }

  async function explain(): Promise<void> {
    const { mode, focus } = view.getState();
    const list = derived.getState().lists[mode];
    const inputs = [mode, focus, list];
    if (inputs.every((input, i) => input === explainedFrom[i])) return;
    explainedFrom = inputs;
    if (focus.length === 0 || !list) {
      derived.setState({ explanations: [], masks: new Map(), effects: noEffects });
      return;
    }
    const result = await engine.call('explain', { mode, modules: focus.slice(0, mostExplained) });
    if (result.ok && explainedFrom === inputs) derived.setState(result.value);
  }

  async function search(): Promise<void> {
    const { searchText: text, searchType: type, searchBy: by, treeFilter, mode } = view.getState();
    const { python } = selectPlan(document.getState());
    const { student, lists } = derived.getState();
    const list = treeFilter && lists[mode];
    const inputs = [text, type, student, by, by === 'text' ? '' : python, treeFilter, list];
    if (inputs.every((input, i) => input === searched[i])) return;
    searched = inputs;
    const filtered = (found: Uint32Array<ArrayBuffer> | null) =>
      treeFilter && student ? filterModules(student.tree, list, treeFilter, found) : found;
    if (!student || (text === '' && type === null)) {
      derived.setState({ matches: filtered(null), isSearching: false, searchProblem: null });
      return;
    }
    derived.setState({ isSearching: true });
    const result = await engine.call('search', { text, type, by, python });
    if (searched !== inputs) return;
    if (!result.ok) {
      derived.setState({ isSearching: false });
      return;
    }
    const { matches, invalid, slowSeconds } = result.value;
    if (invalid) derived.setState({ isSearching: false, searchProblem: { type: 'invalid', error: invalid } });
    else {
      const searchProblem = slowSeconds === null ? null : ({ type: 'slow', seconds: slowSeconds } as const);
      derived.setState({ matches: filtered(matches), isSearching: false, searchProblem });
    }
  }

  function followView(): void {
    if (typing === undefined) resolveChanged();
    else if (view.getState().draft === null) resolveAfterTyping();
    void explain();
    void search();
  }

  const stops = [
    document.subscribe(() => {
      resolveAfterTyping();
      void search();
    }),
    view.subscribe(followView),
    derived.subscribe((state, before) => {
      if (state.lists !== before.lists) {
        void explain();
        void search();
      }
      if (state.student !== before.student || state.teacher !== before.teacher) followView();
    }),
  ];

  return {
    refresh() {
      resolvedFrom.clear();
      explainedFrom = [];
      searched = [];
      followView();
    },
    dispose() {
      clearTimeout(typing);
      stops.forEach((stop) => stop());
    },
  };
}
