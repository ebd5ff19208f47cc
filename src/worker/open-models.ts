import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { mergeTrees } from '../core/module-tree/merge-trees.ts';
import { overlapOfTrees } from '../core/module-tree/overlap.ts';
import type { SiblingRuns } from '../core/module-tree/sibling-runs.ts';
import { digestTree } from '../core/module-tree/tree-digest.ts';
import { prepareSweeps } from '../core/python-re/automaton/fill-mask.ts';
import { effectiveLimits } from '../core/readers/bytes/read-limits.ts';
import { shorten, treeBuildFailure, type ReadLimits } from '../core/readers/messages/read-error.ts';
import { createResolver, type Resolver } from '../core/resolve/resolver.ts';
import { fail, succeed, type Result } from '../core/result.ts';
import { openedTree, storeOpened, type SourcedTree } from './opened-tree.ts';
import type { EngineCalls, EngineFailure, TreeRole } from './protocol.ts';
import { readSource, withDisagreements, type ReadableSource } from './read-source.ts';
import type { Answered, EngineHost } from './engine-host.ts';

/** A tree that is open, with the resolver that answers about it. */
export interface OpenModel {
  readonly tree: ModuleTree;
  readonly resolver: Resolver;
  readonly runs: SiblingRuns;
}

/** The open trees, and the tree that was read to be surveyed before it is opened. */
export interface OpenModels {
  readonly get: (role: TreeRole) => OpenModel | undefined;
  /** Reads a source without opening it, and compares it with the open student. */
  readonly survey: (request: EngineCalls['survey-tree']['request'], id: number) => Promise<Answered<'survey-tree'>>;
  /** Opens a source, or the surveyed tree, and stores it in this browser. */
  readonly open: (request: EngineCalls['open-tree']['request'], id: number) => Promise<Answered<'open-tree'>>;
  readonly close: (role: TreeRole) => void;
  /** Keeps a tree that is open from now on. */
  readonly adopt: (role: TreeRole, tree: ModuleTree, siblings: SiblingRuns) => void;
}

/** Keeps the open trees. `onOpened` is called when another tree is open: answers about the old one are void. */
export function createOpenModels(host: EngineHost, onOpened: () => void): OpenModels {
  const models = new Map<TreeRole, OpenModel>();
  let surveyed: (SourcedTree & { readonly source: ReadableSource }) | null = null;

  function read(source: ReadableSource, limits: Partial<ReadLimits>, id: number) {
    const onProgress = (fraction: number) => host.post({ id, type: 'progress', fraction }, []);
    return readSource(source, host.storage, { limits, onProgress });
  }

  async function surveyTree(request: EngineCalls['survey-tree']['request'], id: number): Promise<Answered<'survey-tree'>> {
    if (request.source.type === 'surveyed') return fail({ type: 'no-tree' });
    const sourced = await read(request.source, request.limits ?? {}, id);
    if (!sourced.ok) return sourced;
    surveyed = { ...sourced.value, source: request.source };
    const { tree } = sourced.value;
    const open = models.get('student')?.tree;
    const { model, format, lacks, size } = tree;
    return succeed({
      reply: {
        model,
        format,
        moduleCount: size,
        lacks,
        ...(open ? overlapOfTrees(open, tree) : { common: 0, overlaps: false }),
        same: open !== undefined && digestTree(open) === digestTree(tree),
        adds: open?.lacks.filter((lack) => !lacks.includes(lack)) ?? [],
      },
    });
  }

  /** The tree that was surveyed, or the student's completed by it. */
  function takeSurveyed(how: 'open' | 'complete', limits: Partial<ReadLimits>): Result<SourcedTree, EngineFailure> {
    const open = models.get('student')?.tree;
    if (!surveyed || (how === 'complete' && !open)) return fail({ type: 'no-tree' });
    if (how === 'open' || !open) return succeed(surveyed);
    const { tree } = surveyed;
    if (overlapOfTrees(open, tree).common === 0) {
      const values = { first: shorten(open.model), second: shorten(tree.model), common: 0 };
      return fail({ type: 'unreadable', error: { code: 'different-models', values } });
    }
    const merged = mergeTrees(open, tree, effectiveLimits(limits));
    if (merged.ok) return succeed(withDisagreements(merged.value));
    const failure = treeBuildFailure(merged.error, (index) => `entry ${index + 1}`);
    return failure.ok ? failure : fail({ type: 'unreadable', error: failure.error });
  }

  async function openTree(request: EngineCalls['open-tree']['request'], id: number): Promise<Answered<'open-tree'>> {
    const { role, source } = request;
    const sourced =
      source.type === 'surveyed' ? takeSurveyed(source.how, request.limits ?? {}) : await read(source, request.limits ?? {}, id);
    if (!sourced.ok) return sourced;
    // The tree that was surveyed keeps its sample; completed, it is none.
    const from = source.type === 'surveyed' && source.how === 'open' && surveyed ? surveyed.source : source;
    surveyed = null;
    const { tree } = sourced.value;
    const { runs, reply, transfer } = openedTree(sourced.value, from);
    adopt(role, tree, runs);
    void storeOpened(sourced.value, reply.reference, host.storage, (model) => {
      host.post({ type: 'trouble', trouble: { type: 'tree-not-stored', model } }, []);
    });
    return succeed({ reply, transfer });
  }

  function adopt(role: TreeRole, tree: ModuleTree, siblings: SiblingRuns): void {
    models.set(role, { tree, resolver: createResolver(tree), runs: siblings });
    onOpened();
    // Once the answer is out: the first letter that is typed then need not wait for it.
    setTimeout(() => prepareSweeps(tree.names));
  }

  return { get: (role) => models.get(role), survey: surveyTree, open: openTree, close: (role) => void models.delete(role), adopt };
}
