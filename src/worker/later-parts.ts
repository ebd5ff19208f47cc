/** Code that opening a model does not need: fetched on first use, or when the engine is idle. */
export const laterParts = {
  describeRun: async () => (await import('../core/graph/module-run.ts')).describeRun,
  proposeFusions: async () => (await import('../core/graph/fusion-proposals.ts')).proposeFusions,
  viewSpeedup: async () => (await import('../core/checks/speedup-view.ts')).viewSpeedup,
  answerFlow: async () => (await import('./answer-flow.ts')).answerFlow,
  compareResolutions: async () => (await import('../core/plan/compare-resolutions.ts')).compareResolutions,
  describePattern: async () => (await import('../core/proposals/describe-pattern.ts')).describePattern,
  findModelChange: async () => (await import('../core/plan/model-change.ts')).findModelChange,
  offerPresets: async () => (await import('../core/presets/offer-presets.ts')).offerPresets,
  multiplyAddSums: async () => (await import('../core/graph/forecast/module-costs.ts')).multiplyAddSums,
  packPlan: () => import('./pack-plan.ts'),
  previewGroups: async () => (await import('../core/checks/preview-groups.ts')).previewGroups,
  proposeSelectors: async () => (await import('../core/proposals/propose.ts')).proposeSelectors,
  readImport: async () => (await import('../core/plan/import-list.ts')).readImport,
  repairInPlan: async () => (await import('../core/checks/repair-in-plan.ts')).repairInPlan,
  surveyLinks: async () => (await import('../core/algorithms/survey-links.ts')).surveyLinks,
  surveyList: async () => (await import('../core/overview/overview.ts')).surveyList,
} as const;

/** Fetches all of it, so that it is there when the connection is not. */
export async function fetchLaterParts(): Promise<void> {
  await Promise.allSettled(Object.values(laterParts).map((fetchPart) => fetchPart()));
}
