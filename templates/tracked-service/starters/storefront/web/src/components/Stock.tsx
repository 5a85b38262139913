const few = 5;

/** How many there are, in words. */
export function Stock(props: { stock: number; onlyIfFew?: boolean }) {
  const { stock, onlyIfFew } = props;
  if (stock === 0) return <span className="text-danger">Sold out</span>;
  if (stock <= few) {
    return <span className="text-warning">Only {stock} left</span>;
  }
  return onlyIfFew ? null : <span className="text-soft">In stock</span>;
}
