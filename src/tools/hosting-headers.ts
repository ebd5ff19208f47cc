/** The one script that stands in index.html, in the words of a policy: the hash of its text. */
export const inlineScript = "'sha256-o9B3OsFAxsqDVFwzKxXk7w5W3voHGdBvPoayOyF0W1g='";

/**
 * Scripts and connections from this origin only, and the script of the theme in index.html; Monaco needs inline styles and `data:` images. The build writes it
 * into index.html, too, for servers that send no headers; a worker gets its policy from the header alone.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' ${inlineScript}`,
  "connect-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The headers that a server of the page should send with every answer; docs/hosting.md shows them for several servers. */
export const hostingHeaders: Readonly<Record<string, string>> = {
  // No element of the page can forbid frames: a browser takes this part from the header only.
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The names of these files change with their content. */
const hashedCaching = 'public, max-age=31536000, immutable';
/** All other files keep their names: index.html and service-worker.js name the files of the newest build. */
const otherCaching = 'no-cache';

/** The `Cache-Control` of a file by its path from the page, such as `/assets/index-abc.js`. */
export function cachingOf(path: string): string {
  return path.startsWith('/assets/') ? hashedCaching : otherCaching;
}
