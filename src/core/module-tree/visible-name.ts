/**
 * Characters that are not seen, or that change how their neighbours are seen: controls, line and paragraph ends,
 * zero-width ones, marks that turn the direction of text, and halves of surrogate pairs.
 */
const unseen = new RegExp(
  [
    '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f]',
    '[\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])',
    '(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  ].join('|'),
  'g',
);

/**
 * A name as it can be shown safely (rule T19): an invisible character is written as its code (`\n`, `\u202e`), so
 * that no name looks like another or turns the text around it. For display only: never write it to a list.
 */
export function visibleName(name: string): string {
  return name.replace(unseen, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
