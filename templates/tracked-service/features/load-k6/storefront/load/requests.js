// Visitors who sign in, browse and buy, at a constant rate. An exceeded threshold fails the run.
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';

const target = __ENV.TARGET_URL;
const rate = Number(__ENV.LOAD_REQUESTS_PER_SECOND || 20);
const durationSeconds = Number(__ENV.LOAD_DURATION_SECONDS || 60);
const requestsPerVisit = 7;
const password = 'load test password';
const json = { headers: { 'content-type': 'application/json' } };
const address = {
  name: 'Load Test',
  line1: '1 Test Street',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

export const options = {
  scenarios: {
    visits: {
      executor: 'constant-arrival-rate',
      exec: 'visit',
      rate: Math.max(1, Math.round(rate / requestsPerVisit)),
      timeUnit: '1s',
      duration: `${durationSeconds}s`,
      preAllocatedVUs: Math.max(2, Math.round(rate / 2)),
      maxVUs: Math.max(10, rate),
      gracefulStop: '10s',
    },
  },
  thresholds: {
    // A product that is sold out answers 409: the shop's decision, not a failure.
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<500', 'p(99)<1500'],
    dropped_iterations: ['count<10'],
  },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)', 'max'],
};

http.setResponseCallback(
  http.expectedStatuses({ min: 200, max: 399 }, 401, 409),
);

export function visit() {
  signIn();
  const listed = http.get(
    `${target}/api/products?limit=24`,
    named('GET products'),
  );
  check(listed, {
    'products are listed': r => r.status === 200,
    'instance is named': r => Boolean(r.headers['X-Instance-Id']),
  });
  const inStock = listed.json('items').filter(item => item.stock > 0);
  const product = inStock[exec.scenario.iterationInTest % inStock.length];
  if (!product) return;
  http.get(`${target}/api/products/${product.slug}`, named('GET product'));
  const inCart = http.put(
    `${target}/api/cart/items/${product.id}`,
    JSON.stringify({ quantity: 1 }),
    { ...json, ...named('PUT cart') },
  );
  check(inCart, { 'product is in the cart': r => r.status === 200 });
  if (inCart.status !== 200) return;
  if (exec.scenario.iterationInTest % 4 === 0) buy(inCart.json('version'));
}

/** One account for each virtual user: it signs up at first, and signs in afterwards. */
function signIn() {
  const email = `load-${exec.vu.idInTest}@example.com`;
  const credentials = JSON.stringify({ email, password });
  const signedIn = http.post(`${target}/api/session`, credentials, {
    ...json,
    ...named('POST session'),
  });
  if (signedIn.status !== 401) {
    check(signedIn, { 'user is signed in': r => r.status === 200 });
    return;
  }
  const signedUp = http.post(
    `${target}/api/accounts`,
    JSON.stringify({ email, password, name: 'Load Test' }),
    { ...json, ...named('POST accounts') },
  );
  check(signedUp, { 'user has signed up': r => r.status === 201 });
}

function buy(cartVersion) {
  const order = http.post(
    `${target}/api/orders`,
    JSON.stringify({
      shippingAddress: address,
      billingAddress: address,
      cartVersion,
    }),
    {
      ...named('POST orders'),
      headers: {
        ...json.headers,
        'idempotency-key': `load-${Date.now()}-${
          exec.scenario.iterationInTest
        }`,
      },
    },
  );
  check(order, {
    'order is placed or refused': r => [201, 409].includes(r.status),
  });
}

const named = name => ({ tags: { name } });

/** The figures, with the portal's names. */
export function handleSummary(data) {
  const { http_reqs, http_req_failed, http_req_duration } = data.metrics;
  const figures = {
    tool: 'k6',
    requests: http_reqs.values.count,
    requestsPerSecond: http_reqs.values.rate,
    errorRate: http_req_failed.values.rate,
    p95Ms: http_req_duration.values['p(95)'],
    p99Ms: http_req_duration.values['p(99)'],
  };
  const text = `${JSON.stringify(figures, null, 2)}\n`;
  return { stdout: text, [__ENV.OUTPUT || 'load-test.json']: text };
}
