/**
 * Texts of other libraries that look like printed models or tables, by their beginnings. Layers of these libraries have
 * other classes and weights of other shapes, so that such a text is named and not read.
 */
const foreignTexts: readonly (readonly [kind: string, beginning: RegExp])[] = [
  ['Keras', /^\s*Model: ?"[^"\n]*"\s*(?:\n|$)|\bLayer \(type\)[^\n]*Output Shape[^\n]*\n(?:[^\n]*\n){1,8}?[^\n]*(?:\(None,|\[\(None,)/],
  ['TensorFlow', /^\s*\[?<tf\.Variable '/],
  ['Flax', /^\s*FrozenDict\(\{/],
  ['MindSpore', /^\s*\w+<\s*\n\s+\(\w+\): \w+</],
  ['MXNet', /^\s*(?:Hybrid)?Sequential\(\s*\n(?:\s+\(\d+\): [^\n]*\n)*?\s+\(\d+\): (?:Dense|Conv[123]D)\((?:None|\d+) -> \d+/],
  ['scikit-learn', /^\s*Pipeline\((?:memory=[^,]*, )?steps=\[/],
  ['GGUF', /^(?:[^\n]*\n){0,60}?\s*llama_model_loader: - tensor\s+\d+:|^(?:[^\n]*\n){0,60}?\s*\d+:\s+\d+ \|\s*\d+(?:\s*[x,]\s*\d+)* \| (?:[FQI]\d\w*|BF16)\s*\| \S/],
];

/** The library whose model a text shows; null for texts of torch and all others. Looks at the beginning only. */
export function foreignText(beginning: string): string | null {
  return foreignTexts.find(([, pattern]) => pattern.test(beginning))?.[0] ?? null;
}

/** ONNX and TorchScript graphs that were printed: their names are not those of modules. */
export function isGraphDump(beginning: string): boolean {
  return /^\s*(?:graph\(%|graph [\w.-]+ \(\s*\n?\s*%|ir_version: \d|<\s*\n?\s*ir_version: \d|<\s*\n\s*opset_import)/.test(beginning);
}
