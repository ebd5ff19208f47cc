/** The page's sign, as in `public/icon.svg`: within the page it needs no request and no document of its own. */
export function Logo({ className }: { readonly className: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="#2f7d4f" strokeWidth="2.5" strokeLinecap="round" aria-hidden="true" className={className}>
      <path d="M16 29V4M4 22h24M4 14h24M7 7h18" />
      {/* Lines without length end in round dots. */}
      <path strokeWidth="5.2" d="M4 22h0M28 22h0M4 14h0M28 14h0M7 7h0M25 7h0" />
    </svg>
  );
}
