/** Suffixes of quantities (apimachinery/pkg/api/resource/quantity.go). */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;

/** Parses a quantity such as `250m` or `64Mi`; absent if it is none. */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity === 'number' && Number.isFinite(quantity)) {
    return quantity;
  }
  if (typeof quantity !== 'string' || quantity.length > 64) return undefined;
  const match = QUANTITY.exec(quantity);
  if (!match) return undefined;
  const [, digits, exponent = '', suffix = ''] = match;
  const value = Number(`${digits}${exponent}`) * FACTORS[suffix];
  return Number.isFinite(value) ? value : undefined;
}
