import type { SpeedupView } from '../core/checks/speedup-view.ts';
import type { ModuleRun } from '../core/graph/module-run.ts';
import type { GroupsPreview, PreviewForm } from '../core/checks/preview-groups.ts';
import type { ConfigObject } from '../core/config/value.ts';
import type { SettingTemplate } from '../core/config/setting-templates.ts';
import type { SetTie } from '../core/graph/explain-sets.ts';
import type { FlowRequest } from '../core/graph/picture/draw-flow.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import type { PlacedFlow } from './lay-out-flow.ts';

/** The sets of modules that are pruned together (rule G12), as far as a picture shows them. */
export interface ShownSets {
  /** Row → number of its set, from 0, among the sets of at least two modules. */
  readonly indexOf: ReadonlyMap<number, number>;
  /** The set of the chosen module; null when it is tied to nothing. */
  readonly chosen: { readonly index: number; readonly modules: readonly number[]; readonly ties: readonly SetTie[] } | null;
}

/** Request kinds about the data flow of the student, with their requests and replies. */
export interface GraphCalls {
  /** The sets of modules that are pruned together, and the pruning list after they are set. */
  'preview-groups': {
    request: {
      readonly list: readonly ConfigObject[];
      readonly templates: readonly SettingTemplate[];
      readonly python: PythonVersion;
      readonly form: PreviewForm;
      readonly leavesOut: boolean;
    };
    reply: GroupsPreview;
  };
  /** The model that ModelSpeedup leaves after the pruning list as resolved last, with the new shapes of some modules. */
  speedup: { request: { readonly modules: readonly number[] }; reply: SpeedupView };
  /** How the model runs a module in the recorded forward pass; `null` without one. */
  'module-run': { request: { readonly module: number }; reply: ModuleRun | null };
  /**
   * Multiply-adds of the recorded forward pass, of all modules before each one: the sum of a module with all below it is
   * `sums[end] − sums[module]`. `null` when the tree has no graph.
   */
  'multiply-adds': { request: Readonly<Record<string, never>>; reply: Float64Array<ArrayBuffer> | null };
  /** Chains of modules that follow each other and can be fused (rule G16), as rows; `null` when the tree has no graph. */
  'fusion-chains': { request: Readonly<Record<string, never>>; reply: readonly (readonly number[])[] | null };
  /** The flow around a module, laid out; and the set of modules that it is pruned together with. */
  'draw-flow': {
    request: FlowRequest;
    reply: { readonly picture: PlacedFlow; readonly sets: ShownSets };
  };
}
