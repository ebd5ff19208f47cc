import { floatOf, objectOf, type ConfigObject } from '../../core/config/value.ts';
import type { SidePanel, ViewState } from '../../store/view-store.ts';

/** The example that the tour plays on. */
export const tourSample = 'resnet18';

/** The state of the page at one moment of the tour. */
export interface TourFrame {
  readonly list: readonly ConfigObject[];
  /** The sub-config whose pattern is being typed, from 0. */
  readonly typing?: number;
  /** Module in focus. */
  readonly focus?: string;
  readonly pane?: ViewState['pane'];
  readonly sidePanel?: SidePanel;
  /** Milliseconds until the next frame. */
  readonly pause: number;
}

/** One stop of the tour: its text and its frames. The last frame stays. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Finds the target of the step. */
  readonly selector: string;
  readonly frames: readonly TourFrame[];
}

const letterPause = 110;
const lookPause = 1400;

const convPattern = 'layer[34].*conv';
const wrongPattern = 'downsample';

function convs(pattern: string, settings: readonly (readonly [string, string | ReturnType<typeof floatOf>])[] = []): ConfigObject {
  return objectOf([['op_names_re', [pattern]], ...settings]);
}

/** `downsample` with its setting; `pattern` as far as it is typed. */
function shortcuts(pattern: string): ConfigObject {
  return objectOf([
    ['op_names_re', [pattern]],
    ['op_types', ['Conv2d']],
    ['sparse_ratio', floatOf(0.3)],
  ]);
}

/** A sub-config without an amount would have a warning before the tour comes to that. */
const little = ['sparse_ratio', floatOf(0.1)] as const;
const half = ['sparse_ratio', floatOf(0.5)] as const;
const set = convs(convPattern, [half, ['granularity', 'out_channel']]);

/** A frame for each letter of a text; the last frame shows the result longer. */
function typed(text: string, from: number, frame: (typedSoFar: string) => Omit<TourFrame, 'pause'>): readonly TourFrame[] {
  return Array.from({ length: text.length - from + 1 }, (_, at) => {
    const isLast = from + at === text.length;
    return { ...frame(text.slice(0, from + at)), pause: isLast ? lookPause : letterPause };
  });
}

/** The tour, in order. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'The model',
    text: 'This is ResNet-18: every module with its type, shape and parameters. Your own model opens from print(model), a checkpoint, or a file of its module tree.',
    selector: 'section[aria-label="Model"]',
    frames: [{ list: [], pane: 'tree', pause: 0 }],
  },
  {
    title: 'A pattern',
    text: 'A pattern of Python’s re selects modules. Its matches light up while it is typed, and the branches open.',
    selector: 'section[aria-label="Sub-configs"]',
    frames: [
      ...typed(convPattern, 0, (pattern) => ({ list: [convs(pattern, [little])], typing: 0, pane: 'sub-configs' })),
      { list: [convs(convPattern, [little])], typing: 0, pane: 'tree', pause: 0 },
    ],
  },
  {
    title: 'A setting',
    text: 'Then set how to compress them: half of the output channels of these 8 modules are to be pruned.',
    selector: 'section[aria-label="Sub-configs"]',
    frames: [
      ...[0.1, 0.2, 0.3, 0.4, 0.5].map((ratio): TourFrame => ({ list: [convs(convPattern, [['sparse_ratio', floatOf(ratio)]])], pane: 'sub-configs', pause: 220 })),
      { list: [convs(convPattern, [half])], pane: 'sub-configs', pause: lookPause / 2 },
      { list: [set], pane: 'sub-configs', pause: 0 },
    ],
  },
  {
    title: 'The result',
    text: 'For the module in focus: every setting of every target, its origin, and its effect under the algorithm.',
    selector: '[role="tabpanel"][aria-label="Resolved"]',
    frames: [{ list: [set], focus: 'layer3.0.conv1', pane: 'side', sidePanel: 'resolved', pause: 0 }],
  },
  {
    title: 'The verdict',
    text: 'One verdict for the whole list, before anything runs. downsample matches nothing, because matching starts at the beginning of a name; .*downsample does, and the list is ready.',
    selector: 'section[aria-label="Problems"]',
    frames: [
      ...typed(wrongPattern, wrongPattern.length, (pattern) => ({ list: [set, shortcuts(pattern)], pane: 'sub-configs' })).map((frame) => ({ ...frame, pause: 2 * lookPause })),
      ...['.downsample', '.*downsample'].map((pattern): TourFrame => ({ list: [set, shortcuts(pattern)], typing: 1, pane: 'sub-configs', pause: 2 * letterPause })),
      { list: [set, shortcuts('.*downsample')], pane: 'sub-configs', pause: 0 },
    ],
  },
  {
    title: 'Export',
    text: 'Take the list along as JSON, or as a Python script that runs it. The command palette has every other action.',
    selector: '[data-tour="export"]',
    frames: [{ list: [set, shortcuts('.*downsample')], pause: 0 }],
  },
];

/** Milliseconds that a text stays after its step was played, before the next begins. */
export function readingTime(text: string): number {
  return 2500 + text.length * 40;
}
