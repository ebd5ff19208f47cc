/** Characters that pages and word processors put in place of plain ones; each is one UTF-16 unit, as is its plain one. */
const plain: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '“': '"', '”': '"', '„': '"', '‟': '"',
  '：': ':', '，': ',', '［': '[', '］': ']', '｛': '{', '｝': '}', '（': '(', '）': ')', '＝': '=',
};

/**
 * A text with typographic quotes, full-width punctuation and odd spaces as the characters that source text has, at the same
 * offsets; `null` where it has none of them.
 */
export function plainCharacters(text: string): string | null {
  const changed = text
    .replaceAll(/[\u00A0\u1680\u2000-\u200D\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF]/g, ' ')
    .replaceAll(/[‘’‚‛“”„‟：，［］｛｝（）＝]/g, (character) => plain[character]!);
  return changed === text ? null : changed;
}
