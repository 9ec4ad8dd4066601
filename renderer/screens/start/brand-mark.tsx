/** The app's mark: two arcs that meet, one point each. */
export function BrandMark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M6 16.5c0-4 2.6-7.5 6-7.5s6 3.5 6 7.5"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
      <circle cx="6" cy="16.5" r="1.9" fill="var(--on-accent)" />
      <circle cx="18" cy="16.5" r="1.9" fill="var(--on-accent)" />
      <circle cx="12" cy="8.6" r="1.9" fill="var(--on-accent)" />
    </svg>
  );
}
