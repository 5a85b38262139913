// Writes and reads requests at a constant rate. An exceeded threshold fails the run.
import { check } from 'k6';
import http from 'k6/http';

const target = __ENV.TARGET_URL;
const rate = Number(__ENV.LOAD_REQUESTS_PER_SECOND || 20);
const durationSeconds = Number(__ENV.LOAD_DURATION_SECONDS || 60);

export const options = {
  scenarios: {
    requests: {
      executor: 'constant-arrival-rate',
      exec: 'writeAndRead',
      // Each iteration makes two requests.
      rate: Math.max(1, Math.round(rate / 2)),
      timeUnit: '1s',
      duration: `${durationSeconds}s`,
      preAllocatedVUs: Math.max(2, rate),
      maxVUs: Math.max(10, rate * 5),
      gracefulStop: '10s',
    },
  },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<500', 'p(99)<1500'],
    dropped_iterations: ['count<10'],
  },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)', 'max'],
};

export function writeAndRead() {
  const created = http.post(
    `${target}/requests`,
    JSON.stringify({ subject: 'load test', requester: 'k6', details: '' }),
    {
      headers: { 'content-type': 'application/json' },
      tags: { name: 'POST /requests' },
    },
  );
  check(created, {
    'request is stored': r => r.status === 201,
    'instance is named': r => Boolean(r.headers['X-Instance-Id']),
  });
  const listed = http.get(`${target}/requests?limit=20`, {
    tags: { name: 'GET /requests' },
  });
  check(listed, { 'requests are listed': r => r.status === 200 });
}

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
