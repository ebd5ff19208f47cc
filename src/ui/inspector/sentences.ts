import type { KeyPath } from '../../core/config/value.ts';
import type { ModuleExplanation, SelectionReason } from '../../core/resolve/explain.ts';
import type { ProvenanceStep, SelectionEntry } from '../../core/resolve/resolution.ts';

/** A part of a sentence: words, a sub-config's mark, a name as in code, or a link to a place in a card. */
export type SentencePart =
  | string
  | { readonly type: 'mark'; readonly subConfig: number }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly subConfig: number; readonly path: KeyPath };

export type Sentence = readonly SentencePart[];

/** The words alone, for labels and tests. */
export function plainSentence(sentence: Sentence, nameOf: (subConfig: number) => string): string {
  return sentence
    .map((part) => (typeof part === 'string' ? part : part.type === 'mark' ? nameOf(part.subConfig) : part.text))
    .join('');
}

/** Whether a sub-config chooses by type alone: a module that it passes by has another type (rule S3). */
export type SelectsByType = (subConfig: number) => boolean;

/** One sentence without a full stop: the result for a module, and the reason. */
export function verdictSentence(explanation: ModuleExplanation, selectsByType: SelectsByType): Sentence {
  const { subConfigs, targets, failures, fusedInto, moduleType } = explanation;
  if (subConfigs.length === 0) return ['Not selected: no sub-config is on'];
  if (fusedInto !== null) {
    return ['Fused into ', { type: 'code', text: fusedInto }, ': NNI runs both as one and configures only that one'];
  }
  const selecting = subConfigs.filter(({ reason }) => reason.type === 'selected');
  const winners = selecting.filter(({ subConfig }) => targets.some((target) => target.subConfig === subConfig));
  const named = winners.length > 0 ? winners : selecting;
  if (named.length > 0) {
    const who = joinAnd(
      named.map(({ subConfig, reason }): Sentence => {
        const by = reason.type === 'selected' ? reason.by : [];
        return [{ type: 'mark', subConfig }, ' through ', ...entriesSentence(subConfig, by)];
      }),
    );
    const idle = winners.length > 0 ? selecting.filter((each) => !winners.includes(each)) : [];
    return ['Selected by ', ...who, ...endOfVerdict(explanation), ...idleSentence(idle.map(({ subConfig }) => subConfig))];
  }
  const excluding = subConfigs.filter(({ reason }) => reason.type === 'excluded');
  if (excluding.length > 0) {
    const who = joinAnd(
      excluding.map(({ subConfig, reason }): Sentence => {
        const excludes = reason.type === 'excluded' ? reason.excludes : [];
        return [{ type: 'mark', subConfig }, ' by ', ...entriesSentence(subConfig, excludes)];
      }),
    );
    return ['Excluded from ', ...who];
  }
  const unlisted = subConfigs.filter(({ reason }) => reason.type === 'type-not-listed');
  if (unlisted.length > 0) {
    const who = joinAnd(unlisted.map(({ subConfig }): Sentence => [{ type: 'mark', subConfig }]));
    const [verb, whose] = unlisted.length === 1 ? ['matches', 'its'] : ['match', 'their'];
    return ['Not selected: ', ...who, ` ${verb} it, but `, ...typeSentence(moduleType), ` is not in ${whose} op_types`];
  }
  if (subConfigs.every(({ reason }) => reason.type === 'no-selector')) {
    return ['Not selected: no sub-config has a selector'];
  }
  if (subConfigs.every(({ subConfig, reason }) => reason.type === 'not-named' && selectsByType(subConfig))) {
    return ['Not selected: no sub-config lists ', ...typeSentence(moduleType)];
  }
  return ['Not selected: no match'];

  /** Sub-configs that select the module, too, but hold none of its targets (rules S, R1). */
  function idleSentence(idle: readonly number[]): Sentence {
    if (idle.length === 0) return [];
    const who = joinAnd(idle.map((subConfig): Sentence => [{ type: 'mark', subConfig }]));
    const end = idle.length === 1 ? 's' : '';
    const lost = targets.some(({ losers }) => losers.some(({ subConfig }) => idle.includes(subConfig)));
    const what = lost ? `come${end} too late: its targets are taken` : `set${end} none of its targets`;
    return ['; ', ...who, ` select${end} it, too, but ${what}`];
  }

  function endOfVerdict({ targets: own }: ModuleExplanation): Sentence {
    const failure = failures[0];
    if (failure && own.length === 0) return [', but NNI refuses it'];
    return own.length === 0 ? [', but none of its targets is configured'] : [];
  }
}

/** The reason why one sub-config selects a module or not; it follows the sub-config's mark. */
export function reasonSentence(
  subConfig: number,
  reason: SelectionReason,
  selectsByType: SelectsByType,
): Sentence {
  switch (reason.type) {
    case 'selected':
      return ['selects it by ', ...entriesSentence(subConfig, reason.by)];
    case 'excluded':
      return [
        'selects it by ',
        ...entriesSentence(subConfig, reason.by),
        ' and excludes it by ',
        ...entriesSentence(subConfig, reason.excludes),
      ];
    case 'type-not-listed':
      return [
        'matches it by ',
        ...entriesSentence(subConfig, reason.by),
        ', but ',
        ...typeSentence(reason.moduleType),
        ' is not in op_types',
      ];
    case 'not-named':
      return selectsByType(subConfig)
        ? [...typeSentence(reason.moduleType), ' is not in op_types']
        : ['no match'];
    case 'no-selector':
      return ['has no selector, so it selects nothing'];
  }
}

function typeSentence(moduleType: string | null): Sentence {
  return moduleType === null ? ['its type'] : [{ type: 'code', text: moduleType }];
}

function entriesSentence(subConfig: number, entries: readonly SelectionEntry[]): Sentence {
  if (entries.length === 0) return ['its selectors'];
  const shown = entries.slice(0, 3);
  const parts = shown.map(({ key, index, value }): Sentence => [
    `the ${kindOfEntry(key)} `,
    { type: 'link', text: value === '' ? '(root)' : value, subConfig, path: [key, index] },
  ]);
  const more = entries.length - shown.length;
  return joinAnd(more > 0 ? [...parts, [`${more} more`]] : parts);
}

function kindOfEntry(key: SelectionEntry['key']): string {
  if (key.endsWith('op_names_re')) return 'pattern';
  return key.endsWith('op_types') ? 'type' : 'name';
}

function joinAnd(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((sentence, index) => {
    if (index === 0) return sentence;
    return [index === sentences.length - 1 ? ' and ' : ', ', ...sentence];
  });
}

/** Where a value comes from. */
export function sourceSentence(step: ProvenanceStep): Sentence {
  const { source, subConfig, path } = step;
  switch (source) {
    case 'template':
      return [`template of ${String(path[0] ?? 'the type')}`];
    case 'kernel':
      return ["NNI's reading of default"];
    case 'shorthand':
    case 'target-setting': {
      const text = source === 'shorthand' ? 'shorthand' : 'target setting';
      if (subConfig === null) return [text];
      return [{ type: 'link', text, subConfig, path }, ' of ', { type: 'mark', subConfig }];
    }
  }
}
