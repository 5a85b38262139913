import { randomUUID } from 'node:crypto';
import type { LoadAnswer, PlannedRequest } from './types';

/** Sends requests one after the other, each after a look at the last answer. */
export type Visit = Generator<PlannedRequest, void, LoadAnswer>;

interface Product {
  id: string;
  slug: string;
  stock: number;
}

/** Half of the visitors look at everything; some look at one category, or search. */
const filters = [
  '',
  '',
  '',
  '&category=living',
  '&category=table',
  '&search=linen',
];
const address = {
  name: 'Local Visitor',
  line1: '1 Main Street',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

/** An account for each simulated visitor, so that the next visit finds it again. */
export function credentialsOf(visitor: number) {
  return {
    email: `visitor-${visitor}@example.com`,
    password: 'a visitor of the local fleet',
  };
}

/** Signs in; the first time, signs up. */
export function* signIn(visitor: number): Visit {
  const credentials = credentialsOf(visitor);
  const { status } = yield {
    method: 'POST',
    path: '/api/session',
    body: credentials,
  };
  if (status !== 401) return;
  yield {
    method: 'POST',
    path: '/api/accounts',
    body: { ...credentials, name: `Visitor ${visitor}` },
  };
}

/**
 * Looks at a list and at one product, sometimes puts it into the cart, and
 * sometimes buys. No request is meant to fail: a product that sold out
 * meanwhile answers 409, which is the shop's decision.
 */
export function* browse(random: () => number): Visit {
  if (random() < 0.3) yield get('/');
  const listed = yield get(`/api/products?limit=24${oneOf(filters, random)}`);
  const products = productsOf(listed).filter(({ stock }) => stock > 0);
  if (!products.length) return;
  const product = oneOf(products, random);
  yield get(`/api/products/${product.slug}`);
  if (random() > 0.3) return;
  yield {
    method: 'PUT',
    path: `/api/cart/items/${product.id}`,
    body: { quantity: 1 },
  };
  if (random() < 0.4) yield* buy();
}

function* buy(): Visit {
  const cart = yield get('/api/cart');
  yield {
    method: 'POST',
    path: '/api/orders',
    headers: { 'idempotency-key': randomUUID() },
    body: {
      shippingAddress: address,
      billingAddress: address,
      cartVersion: versionOf(cart),
    },
  };
  yield get('/api/orders');
}

function oneOf<T>(choices: readonly T[], random: () => number): T {
  return choices[Math.floor(random() * choices.length)];
}

function get(path: string): PlannedRequest {
  return { method: 'GET', path };
}

/** Undefined, and so not sent, for a shop of an older template. */
function versionOf({ body }: LoadAnswer): string | undefined {
  return ((body ?? {}) as { version?: string }).version;
}

function productsOf({ body }: LoadAnswer): Product[] {
  const { items } = (body ?? {}) as { items?: Product[] };
  return Array.isArray(items) ? items : [];
}
