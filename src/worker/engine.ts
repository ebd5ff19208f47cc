import type { repairInPlan as RepairInPlan } from '../core/checks/repair-in-plan.ts';
import { offerLinks } from '../core/checks/fixes/link-fixes.ts';
import { judgeList, type ListSetting } from '../core/checks/judge-list.ts';
import { schemaFindings } from '../core/checks/schema-findings.ts';
import { triesWithin } from '../core/checks/keep-settling.ts';
import { isConfigList, isConfigObject } from '../core/config/value.ts';
import { defaultPlanned } from '../core/algorithms/planned-algorithm.ts';
import { patternsOf } from '../core/checks/check-assertions.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { createTemplateRegistry } from '../core/config/setting-templates.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { findModules } from '../core/module-tree/find-modules.ts';
import { findSiblingRuns, type SiblingRuns } from '../core/module-tree/sibling-runs.ts';
import { nameLinks } from '../core/python-re/automaton/name-links.ts';
import { findLoadedCharacter, loadCharacterNames } from '../core/python-re/unicode/load-character-names.ts';
import { needsUnicodeNames } from '../core/python-re/pattern.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { explainModule } from '../core/resolve/explain.ts';
import type { PatternSweep } from '../core/python-re/sweep-answer.ts';
import { createResolver, type Resolver } from '../core/resolve/resolver.ts';
import type { Selection } from '../core/resolve/selection.ts';
import { fail, succeed } from '../core/result.ts';
import { failureOf } from './fetch-failure.ts';
import { laterParts } from './later-parts.ts';
import { buildListView } from './list-view.ts';
import { effectOf, explainModules, explainRun, surveyChain, viewOutcome, type RunList } from './run-list.ts';
import { viewSweep } from './view-sweep.ts';
import type { EngineCall, EngineCalls, ToWorker, TreeRole } from './protocol.ts';
import type { ListRequest } from './list-protocol.ts';
import { completeName, searchNames } from './search-names.ts';
import type { Answer, Answered, EngineHost } from './engine-host.ts';
import { createOpenModels, type OpenModel } from './open-models.ts';

/** Fixes are always tried while this many modules are resolved in all. */
const sureModules = 30_000;

/** Milliseconds in which more fixes may be tried, so that the answer stays quick. */
const longestTrying = 400;

type DescribeRequest = EngineCalls['describe-pattern']['request'];

type PresetsRequest = EngineCalls['offer-presets']['request'];

export interface Engine {
  /** Answers one message; never rejects. */
  readonly handle: (message: ToWorker) => Promise<void>;
  /** Takes a tree over that was opened before the engine was there. */
  readonly adopt: (role: TreeRole, tree: ModuleTree, runs: SiblingRuns) => void;
}

/** Parts of the model in its picture: more would be narrower than a pixel. */
const mostPictureNodes = 1500;

/** The engine behind the page: holds the trees, sweeps, resolves and explains. */
export function createEngine(host: EngineHost): Engine {
  const runs = new Map<Mode, RunList>();
  const models = createOpenModels(host, () => runs.clear());

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
    return ofStudent(({ tree }) => ({ reply: { offers: offerPresets(mode, tree, registry, treeOf('teacher')) } }));
  }

  async function overview({ mode, pictureBy }: EngineCalls['overview']['request']): Promise<Answered<'overview'>> {
    const surveyList = await laterParts.surveyList();
    return ofList(mode, ({ tree }, { resolution, outcome: { made } }) => {
      const masks = made?.mode === 'pruning' ? made.masks : null;
      return { reply: surveyList(resolution, tree, masks, mostPictureNodes, pictureBy) };
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
      const sure = Math.max(1, Math.floor(sureModules / Math.max(1, tree.size)));
      const tries = triesWithin(sure, longestTrying, () => performance.now());
      const judged = judgeList(list, { ...settingOf(request, resolver), tries });
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

  function repair(request: ListRequest, repairInPlan: typeof RepairInPlan): Answered<'repair-list'> {
    return ofStudent(({ resolver }) => {
      const { list, repairs, moves, registered } = repairInPlan(request.list, settingOf(request, resolver));
      return { reply: { list: isConfigList(list) ? list.filter(isConfigObject) : request.list, repairs: repairs.length, moves, registered } };
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

  async function readList({ text, mode, choice, given, asksModel }: EngineCalls['read-import']['request']): Promise<Answered<'read-import'>> {
    const tree = asksModel ? treeOf('student') : null;
    // The client gives the model back, and asks again.
    if (asksModel && tree === null) return fail({ type: 'no-tree' });
    const readImport = await laterParts.readImport();
    if (needsUnicodeNames(text)) await loadCharacterNames();
    return succeed({ reply: readImport(text, mode, { choice, given, tree, findCharacter: findLoadedCharacter }) });
  }

  async function answer(message: ToWorker): Promise<Answered<EngineCall>> {
    switch (message.call) {
      case 'open-tree':
        return models.open(message.request, message.id);
      case 'survey-tree':
        return models.survey(message.request, message.id);
      case 'model-change':
        return modelChange(message.request);
      case 'hold-tree': {
        const { role, tree } = message.request;
        models.adopt(role, tree, findSiblingRuns(tree));
        return succeed({ reply: null });
      }
      case 'close-tree':
        models.close(message.request.role);
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
      case 'check-alone':
        return succeed({ reply: schemaFindings(message.request.list, message.request.mode) });
      case 'resolve':
        await loadNamesOfList(message.request.list, patternsOf(message.request.assertions ?? []));
        return resolve(message.request);
      case 'repair-list': {
        await loadNamesOfList(message.request.list);
        return repair(message.request, await laterParts.repairInPlan());
      }
      case 'offer-links':
        return ofList('distillation', ({ tree }, { resolution }) => ({ reply: offerLinks(resolution, tree, treeOf('teacher')) }));
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
      case 'multiply-adds': {
        const multiplyAddSums = await laterParts.multiplyAddSums();
        return ofStudent(({ tree }) => ({ reply: multiplyAddSums(tree) }));
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
      case 'read-import':
      case 'read-list-file':
        return readList(message.request);
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
    adopt: models.adopt,
    async handle(message) {
      try {
        const answered = await answer(message);
        if (answered.ok) {
          host.post({ id: message.id, type: 'reply', reply: answered.value.reply }, answered.value.transfer ?? []);
        } else {
          host.post({ id: message.id, type: 'failure', failure: answered.error }, []);
        }
      } catch (error) {
        host.post({ id: message.id, type: 'failure', failure: failureOf(error) }, []);
      }
    },
  };
}

/** The selection of a whole sub-config, in the form of a pattern's matches. */
function selectionAsSweep({ selected, count }: Selection): Extract<PatternSweep, { type: 'matched' }> {
  return { type: 'matched', mask: selected, count, slowSeconds: null };
}
