import { judgeList, type ListSetting } from '../core/checks/judge-list.ts';
import type { repairList as RepairList } from '../core/checks/repair-list.ts';
import { isConfigList, isConfigObject, type ConfigValue } from '../core/config/value.ts';
import { defaultPlanned } from '../core/algorithms/planned-algorithm.ts';
import { patternsOf } from '../core/checks/check-assertions.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { createTemplateRegistry } from '../core/config/setting-templates.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { findModules } from '../core/module-tree/find-modules.ts';
import { mergeTrees } from '../core/module-tree/merge-trees.ts';
import { overlapOfTrees } from '../core/module-tree/overlap.ts';
import { findSiblingRuns, type SiblingRuns } from '../core/module-tree/sibling-runs.ts';
import { digestTree } from '../core/module-tree/tree-digest.ts';
import { prepareSweeps } from '../core/python-re/automaton/fill-mask.ts';
import { nameLinks } from '../core/python-re/automaton/name-links.ts';
import { loadCharacterNames } from '../core/python-re/unicode/load-character-names.ts';
import { needsUnicodeNames } from '../core/python-re/pattern.ts';
import { effectiveLimits } from '../core/readers/bytes/read-limits.ts';
import { shorten, treeBuildFailure, type ReadLimits } from '../core/readers/messages/read-error.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { explainModule } from '../core/resolve/explain.ts';
import type { PatternSweep } from '../core/python-re/sweep-answer.ts';
import { createResolver, type Resolver } from '../core/resolve/resolver.ts';
import type { Selection } from '../core/resolve/selection.ts';
import type { Tries } from '../core/checks/repair-list.ts';
import { fail, succeed, type Result } from '../core/result.ts';
import { laterParts } from './later-parts.ts';
import { buildListView } from './list-view.ts';
import { effectOf, effectsOfModules, explainRun, masksOfModules, surveyChain, viewOutcome, type RunList } from './run-list.ts';
import { openedTree, storeOpened, type SourcedTree } from './opened-tree.ts';
import { viewSweep } from './view-sweep.ts';
import type {
  EngineCall,
  EngineCalls,
  EngineFailure,
  Explained,
  FromWorker,
  ListRequest,
  ToWorker,
  TreeRole,
} from './protocol.ts';
import { readSource, withDisagreements, type ReadableSource } from './read-source.ts';
import { completeName, searchNames } from './search-names.ts';
import type { TreeStorage } from './tree-storage.ts';

/** Fixes are always tried while this many modules are resolved in all. */
const sureModules = 30_000;
/** Milliseconds in which more fixes may be tried, so that the answer stays quick. */
const longestTrying = 400;

function triesFor(size: number): Tries {
  let start: number | null = null;
  const hasTime = (): boolean => performance.now() - (start ??= performance.now()) < longestTrying;
  return { sure: Math.max(1, Math.floor(sureModules / Math.max(1, size))), hasTime };
}

/** The services that the engine needs from its worker or thread. */
export interface EngineHost {
  readonly storage: TreeStorage;
  readonly post: (message: FromWorker, transfer: ArrayBuffer[]) => void;
}

interface Answer<Call extends EngineCall> {
  readonly reply: EngineCalls[Call]['reply'];
  readonly transfer?: ArrayBuffer[];
}

type DescribeRequest = EngineCalls['describe-pattern']['request'];
type PresetsRequest = EngineCalls['offer-presets']['request'];
type Answered<Call extends EngineCall> = Result<Answer<Call>, EngineFailure>;

interface OpenModel {
  readonly tree: ModuleTree;
  readonly resolver: Resolver;
  readonly runs: SiblingRuns;
}

export interface Engine {
  /** Answers one message; never rejects. */
  readonly handle: (message: ToWorker) => Promise<void>;
  /** Takes a tree over that was opened before the engine was there. */
  readonly adopt: (role: TreeRole, tree: ModuleTree, runs: SiblingRuns) => void;
}

/** Parts of the model in its picture: more would be narrower than a pixel. */
const mostPictureNodes = 1500;

/** Explains modules under the list that was resolved last; indices of another tree are left out. */
function explainModules(modules: readonly number[], resolver: Resolver, { resolution, outcome }: RunList): Explained {
  const known = modules.filter((module) => module < resolver.tree.size);
  const explanations = known.map((module) => explainRun(explainModule(resolver, resolution, module), outcome));
  return { explanations, masks: masksOfModules(explanations, outcome), effects: effectsOfModules(explanations, outcome) };
}

/** The engine behind the page: holds the trees, sweeps, resolves and explains. */
export function createEngine(host: EngineHost): Engine {
  const models = new Map<TreeRole, OpenModel>();
  const runs = new Map<Mode, RunList>();
  let surveyed: SourcedTree | null = null;

  const treeOf = (role: TreeRole): ModuleTree | null => models.get(role)?.tree ?? null;

  /** Answers from the student's model, if one is open. */
  function ofStudent<Call extends EngineCall>(answer: (model: OpenModel) => Answer<Call>): Answered<Call> {
    const model = models.get('student');
    return model ? succeed(answer(model)) : fail({ type: 'no-tree' });
  }

  /** The same, where the list of a mode has been resolved, too. */
  function ofList<Call extends EngineCall>(
    mode: Mode,
    answer: (model: OpenModel, run: RunList) => Answer<Call>,
  ): Answered<Call> {
    const model = models.get('student');
    const run = runs.get(mode);
    if (!model) return fail({ type: 'no-tree' });
    return run ? succeed(answer(model, run)) : fail({ type: 'no-list' });
  }

  function read(source: ReadableSource, limits: Partial<ReadLimits>, id: number) {
    const onProgress = (fraction: number) => host.post({ id, type: 'progress', fraction }, []);
    return readSource(source, host.storage, { limits, onProgress });
  }

  async function surveyTree(request: EngineCalls['survey-tree']['request'], id: number): Promise<Answered<'survey-tree'>> {
    if (request.source.type === 'surveyed') return fail({ type: 'no-tree' });
    const sourced = await read(request.source, request.limits ?? {}, id);
    if (!sourced.ok) return sourced;
    surveyed = sourced.value;
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
    surveyed = null;
    const { tree } = sourced.value;
    const { runs, reply, transfer } = openedTree(sourced.value, source);
    adopt(role, tree, runs);
    void storeOpened(sourced.value, reply.reference, host.storage, (model) => {
      host.post({ type: 'trouble', trouble: { type: 'tree-not-stored', model } }, []);
    });
    return succeed({ reply, transfer });
  }

  /** Keeps a tree that is open from now on. */
  function adopt(role: TreeRole, tree: ModuleTree, siblings: SiblingRuns): void {
    models.set(role, { tree, resolver: createResolver(tree), runs: siblings });
    runs.clear();
    // Once the answer is out: the first letter that is typed then need not wait for it.
    setTimeout(() => prepareSweeps(tree.names));
  }

  async function modelChange({ before, plan }: EngineCalls['model-change']['request']): Promise<Answered<'model-change'>> {
    const model = models.get('student');
    if (!model) return fail({ type: 'no-tree' });
    const configs = modes.flatMap((mode) => plan.lists[mode].map(({ config }) => config));
    await loadNamesOfList(configs);
    const findModelChange = await laterParts.findModelChange();
    const tree = 'names' in before ? before : await host.storage.load(before.digest).catch(() => null);
    return succeed({ reply: tree && findModelChange(createResolver(tree), model.resolver, plan) });
  }

  function preview({ pattern, python, config, isShown }: EngineCalls['preview']['request']): Answered<'preview'> {
    return ofStudent(({ resolver }) => {
      const swept = config ? selectionAsSweep(resolver.select(config, python)) : resolver.sweep(pattern, python);
      if (isShown && swept.type === 'matched' && swept.slowSeconds === null) return { reply: null };
      const reply = viewSweep(swept);
      return { reply, transfer: reply.type === 'matched' ? [reply.mask.buffer, reply.matchedBlocks.buffer] : [] };
    });
  }

  function linkNames(): Answered<'link-names'> {
    return ofStudent(({ tree }) => {
      const reply = structuredClone(nameLinks(tree.names));
      return { reply, transfer: reply ? [reply.parent.buffer, reply.label.buffer] : [] };
    });
  }

  async function propose(request: EngineCalls['propose']['request']): Promise<Answered<'propose'>> {
    const proposeSelectors = await laterParts.proposeSelectors();
    return ofStudent(({ resolver }) => ({ reply: proposeSelectors(resolver, request) }));
  }

  async function describe({ pattern, python }: DescribeRequest): Promise<Answered<'describe-pattern'>> {
    const describePattern = await laterParts.describePattern();
    return ofStudent(({ resolver, runs }) => ({ reply: describePattern(resolver, runs, pattern, python) }));
  }

  async function presets({ mode, templates }: PresetsRequest): Promise<Answered<'offer-presets'>> {
    const offerPresets = await laterParts.offerPresets();
    const registry = createTemplateRegistry(mode, templates);
    return ofStudent(({ tree }) => ({ reply: { offers: offerPresets(mode, tree, registry) } }));
  }

  async function overview({ mode }: EngineCalls['overview']['request']): Promise<Answered<'overview'>> {
    const surveyList = await laterParts.surveyList();
    return ofList(mode, ({ tree }, { resolution, outcome: { made } }) => {
      const masks = made?.mode === 'pruning' ? made.masks : null;
      return { reply: surveyList(resolution, tree, masks, mostPictureNodes) };
    });
  }

  async function compare({ before, after }: EngineCalls['compare']['request']): Promise<Answered<'compare'>> {
    const compareResolutions = await laterParts.compareResolutions();
    return ofStudent(({ resolver }) => {
      const [first, second] = [resolver.resolve(before), resolver.resolve(after)];
      const verdicts = { before: first.verdict, after: second.verdict };
      return { reply: { differences: compareResolutions(first, second), verdicts } };
    });
  }

  function resolve(request: ListRequest): Answered<'resolve'> {
    return ofStudent(({ resolver, tree }) => {
      const { mode, list } = request;
      const judged = judgeList(list, { ...settingOf(request, resolver), tries: triesFor(tree.size) });
      runs.set(mode, judged);
      const { view, transfer } = buildListView(mode, judged, tree);
      const explained = explainModules(request.focus ?? [], resolver, judged);
      return { reply: { view: { ...view, run: viewOutcome(judged.outcome, tree) }, explained }, transfer };
    });
  }

  function settingOf(request: ListRequest, resolver: Resolver): ListSetting {
    const { mode, templates, python, assertions = [], intended = [] } = request;
    const { algorithm, call } = request.algorithm ?? defaultPlanned[mode];
    return { resolver, mode, templates, python, algorithm, call, teacher: treeOf('teacher'), assertions, intended };
  }

  function repair(request: ListRequest, repairList: typeof RepairList): Answered<'repair-list'> {
    return ofStudent(({ resolver }) => {
      const setting = settingOf(request, resolver);
      const findingsOf = (list: ConfigValue) => judgeList(list, setting).findings.filter(({ intended }) => intended !== true);
      const { list, repairs } = repairList(request.list, request.mode, findingsOf);
      return { reply: { list: isConfigList(list) ? list.filter(isConfigObject) : request.list, repairs: repairs.length } };
    });
  }

  function explain({ mode, modules }: EngineCalls['explain']['request']): Answered<'explain'> {
    return ofList(mode, ({ resolver }, run) => ({ reply: explainModules(modules, resolver, run) }));
  }

  function surveyAlgorithms({ mode, candidates }: EngineCalls['survey-algorithms']['request']): Answered<'survey-algorithms'> {
    return ofList(mode, ({ resolver }, { resolution }) => ({
      reply: candidates.map((planned) => effectOf(planned, resolution, resolver, treeOf('teacher'))),
    }));
  }

  async function answer(message: ToWorker): Promise<Answered<EngineCall>> {
    switch (message.call) {
      case 'open-tree':
        return openTree(message.request, message.id);
      case 'survey-tree':
        return surveyTree(message.request, message.id);
      case 'model-change':
        return modelChange(message.request);
      case 'hold-tree': {
        const { role, tree } = message.request;
        adopt(role, tree, findSiblingRuns(tree));
        return succeed({ reply: null });
      }
      case 'close-tree':
        models.delete(message.request.role);
        return succeed({ reply: null });
      case 'link-names':
        return linkNames();
      case 'preview':
        if (needsUnicodeNames(message.request.pattern)) await loadCharacterNames();
        return preview(message.request);
      case 'propose':
        return propose(message.request);
      case 'describe-pattern':
        if (needsUnicodeNames(message.request.pattern)) await loadCharacterNames();
        return describe(message.request);
      case 'resolve':
        await loadNamesOfList(message.request.list, patternsOf(message.request.assertions ?? []));
        return resolve(message.request);
      case 'repair-list': {
        await loadNamesOfList(message.request.list);
        return repair(message.request, await laterParts.repairList());
      }
      case 'explain':
        return explain(message.request);
      case 'explain-row':
        return ofList(message.request.mode, ({ resolver, tree }, { resolution, outcome }) => {
          const { module } = message.request;
          return { reply: module < tree.size ? explainRun(explainModule(resolver, resolution, module), outcome) : null };
        });
      case 'complete':
        return ofStudent(({ tree }) => {
          return { reply: completeName(treeOf(message.request.role ?? 'student') ?? tree, message.request) };
        });
      case 'find':
        return ofStudent(({ tree }) => ({ reply: { modules: findModules(tree, message.request.text, message.request.most) } }));
      case 'survey-chain':
        return ofStudent(({ tree }) => ({
          reply: surveyChain(message.request.modes.flatMap((mode) => runs.get(mode) ?? []), tree),
        }));
      case 'survey-algorithms':
        return surveyAlgorithms(message.request);
      case 'survey-links': {
        const surveyLinks = await laterParts.surveyLinks();
        return ofList('distillation', ({ resolver }, { resolution, outcome: { algorithm } }) => {
          const adapts = algorithm.name === 'Adaptive1dLayerwiseDistiller';
          const reply = surveyLinks(resolution, resolver, treeOf('teacher'), adapts);
          const { module, teacherModule, subConfig, target, comparison } = reply;
          return { reply, transfer: [module, teacherModule, subConfig, target, comparison].map(({ buffer }) => buffer) };
        });
      }
      case 'offer-presets':
        return presets(message.request);
      case 'overview':
        return overview(message.request);
      case 'search':
        if (needsUnicodeNames(message.request.text)) await loadCharacterNames();
        return ofStudent(({ tree }) => {
          const reply = searchNames(tree, message.request);
          return { reply, transfer: [reply.matches.buffer] };
        });
      case 'compare': {
        for (const { list } of [message.request.before, message.request.after]) await loadNamesOfList(list);
        return compare(message.request);
      }
      case 'speedup': {
        const viewSpeedup = await laterParts.viewSpeedup();
        return ofList('pruning', ({ resolver }, { resolution }) => ({ reply: viewSpeedup(resolution, resolver, message.request.modules) }));
      }
      case 'module-run': {
        const describeRun = await laterParts.describeRun();
        const { module } = message.request;
        return ofStudent(({ tree }) => ({ reply: module < tree.size ? describeRun(tree, module) : null }));
      }
      case 'fusion-chains': {
        const proposeFusions = await laterParts.proposeFusions();
        return ofStudent(({ tree }) => ({ reply: tree.graph === null ? null : proposeFusions(tree) }));
      }
      case 'draw-flow': {
        const answerFlow = await laterParts.answerFlow();
        return ofStudent(({ tree }) => ({ reply: answerFlow(tree, message.request) }));
      }
      case 'preview-groups': {
        await loadNamesOfList(message.request.list);
        const previewGroups = await laterParts.previewGroups();
        return ofStudent(({ resolver }) => ({ reply: previewGroups(resolver, message.request) }));
      }
      case 'pack-link': {
        const { packLink } = await laterParts.packPlan();
        return succeed({ reply: packLink(message.request.plan, message.request.withTrees, treeOf) });
      }
      case 'pack-file': {
        const { packFile } = await laterParts.packPlan();
        return succeed({ reply: { text: packFile(message.request.plan, message.request.withTrees, treeOf) } });
      }
    }
  }

  return {
    adopt,
    async handle(message) {
      try {
        const answered = await answer(message);
        if (answered.ok) {
          host.post({ id: message.id, type: 'reply', reply: answered.value.reply }, answered.value.transfer ?? []);
        } else {
          host.post({ id: message.id, type: 'failure', failure: answered.error }, []);
        }
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        host.post({ id: message.id, type: 'failure', failure: { type: 'crashed', message: text } }, []);
      }
    },
  };
}

/** What a whole sub-config selects, in the form of what one pattern does. */
function selectionAsSweep({ selected, count }: Selection): Extract<PatternSweep, { type: 'matched' }> {
  return { type: 'matched', mask: selected, count, slowSeconds: null };
}
