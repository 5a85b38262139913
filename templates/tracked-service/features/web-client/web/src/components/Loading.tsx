export function Loading({ label = 'Loading' }: { label?: string }) {
  return (
    <div role="status" className="grid min-h-64 place-items-center">
      <span className="size-7 animate-spin rounded-full border-2 border-line border-t-accent" />
      <span className="sr-only">{label}</span>
    </div>
  );
}
