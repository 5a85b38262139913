const euros = new Intl.NumberFormat('en-IE', {
  style: 'currency',
  currency: 'EUR',
});

export const formatPrice = (cents: number) => euros.format(cents / 100);

export function Price({ cents }: { cents: number }) {
  return <span className="tabular-nums">{formatPrice(cents)}</span>;
}
