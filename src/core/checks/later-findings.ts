import type { Finding } from './finding.ts';
import type { FindingInput } from './finding-context.ts';
import { findAlgorithmFailure } from './findings/algorithm-fails.ts';
import { findDistilledInputs } from './findings/distilled-input.ts';
import { findEmptyQuantized } from './findings/empty-quantized.ts';
import { findFusionFailures } from './findings/fusion-failures.ts';
import { findIntLambdas } from './findings/lambda-int.ts';
import { findMissingLinks } from './findings/link-missing.ts';
import { findSharedLinks } from './findings/link-shared.ts';
import { findWrappedSequentials } from './findings/wrapped-sequential.ts';
import { findMaskFailure } from './findings/mask-failure.ts';

/** Errors of the algorithm when it runs on a list that NNI accepts (rules X1–X3, X6–X8, A). */
export function laterFindings(input: FindingInput): readonly Finding[] {
  const { verdict, mode } = input.resolution;
  if (!verdict.accepted) return [];
  switch (mode) {
    case 'pruning':
      return [...findMaskFailure(input), ...findAlgorithmFailure(input)];
    case 'quantization':
      return [...findFusionFailures(input), ...findEmptyQuantized(input), ...findAlgorithmFailure(input)];
    case 'distillation':
      return [...findIntLambdas(input), ...findDistilledInputs(input), ...findMissingLinks(input), ...findSharedLinks(input), ...findWrappedSequentials(input), ...findAlgorithmFailure(input)];
  }
}
