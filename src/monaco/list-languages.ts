/** The languages of a list's text: plain until Monaco's part for JSON is there. */
export const listLanguages = ['json', 'plaintext'] as const;
