import { distillers, plainPruners, quantizers, readAlgorithm, scheduledPruners } from './algorithm.ts';

const names = new Map([...plainPruners, ...scheduledPruners, ...quantizers, ...distillers].map((name) => [plain(name), name]));

/** Case, underscores and the ending do not count. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '').replace(/(pruner|quantizer|layerwisedistiller)$/, '');
}

/**
 * The class that was likely meant by a text that names none: written in another case, with `_`, without its ending, with the path of its
 * module, with empty brackets, or a schedule without a pruner. `null` where nothing is near.
 */
export function suggestAlgorithm(text: string): string | null {
  const parts = text.split(/[()]/).map((part) => part.trim().replace(/^.*\./, '')).filter((part) => part !== '');
  const found = parts.map((part) => names.get(plain(part)));
  if (found.length === 0 || found.includes(undefined)) return null;
  const isOpen = scheduledPruners.some((name) => name === found.at(-1));
  const chain = isOpen ? [...found, 'L1NormPruner'] : found;
  const written = `${chain.join('(')}${')'.repeat(chain.length - 1)}`;
  return readAlgorithm(written) === null ? null : written;
}
