import type { ViewState } from '../../store/view-store.ts';

/** One stop of the tour. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Finds what the step points at. */
  readonly selector: string;
  /** What must show for that. */
  readonly view: Partial<ViewState>;
}

/** The tour, in order. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'The model',
    text: 'Every module by name and type. A closed row counts what is chosen below it; equal siblings are one row. Click a module to put it in focus.',
    selector: 'section[aria-label="Model"]',
    view: { pane: 'tree' },
  },
  {
    title: 'Sub-configs',
    text: 'Each says what happens to which modules. Type a pattern, and what it matches lights up in the model. The first sub-config to take a target keeps it, so their order counts.',
    selector: 'section[aria-label="Sub-configs"]',
    view: { pane: 'sub-configs' },
  },
  {
    title: 'What comes of it',
    text: 'For the module in focus: every setting of every target, where the value comes from, and which sub-config lost it. The JSON tab holds the same list as text.',
    selector: '[role="tabpanel"][aria-label="Resolved"]',
    view: { pane: 'side', sidePanel: 'resolved' },
  },
  {
    title: 'Problems',
    text: 'What NNI would refuse, what it would do silently, and what would fail later, before anything runs. Most have a fix of one click.',
    selector: 'section[aria-label="Problems"]',
    view: {},
  },
  {
    title: 'Export',
    text: 'Take the list along as JSON, or as a Python script that runs it. Everything else is in the command palette.',
    selector: '[data-tour="export"]',
    view: {},
  },
];
