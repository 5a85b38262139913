/** Three paths from one point: requests distributed over instances. */
export function CloudtraceIcon(props: { sizePx?: number }) {
  const { sizePx = 24 } = props;
  return (
    <svg
      width={sizePx}
      height={sizePx}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M6 12h12M6 12C10 12 10 5 15 5h3M6 12c4 0 4 7 9 7h3" />
      <circle cx="4" cy="12" r="2" fill="currentColor" stroke="none" />
      <circle cx="20" cy="5" r="2" fill="currentColor" stroke="none" />
      <circle cx="20" cy="12" r="2" fill="currentColor" stroke="none" />
      <circle cx="20" cy="19" r="2" fill="currentColor" stroke="none" />
    </svg>
  );
}
