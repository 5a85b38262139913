// Users with open sockets who notify themselves and read their lists, at a constant rate. An exceeded threshold fails the
// run, and so does a notification that does not arrive exactly once on its user's socket.
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';

const target = __ENV.TARGET_URL;
const rate = Number(__ENV.LOAD_REQUESTS_PER_SECOND || 20);
const durationSeconds = Number(__ENV.LOAD_DURATION_SECONDS || 60);
/** Several sockets share an account, as the windows of one person do. */
const accounts = 20;
/** Each socket's user writes and reads in turn. */
const periodMs = 1000;
/** How long the last notifications may take to arrive. */
const graceMs = 5000;
const password = 'load test password';

const delivered = new Trend('delivered', true);
const lost = new Counter('lost');
const doubled = new Counter('doubled');
const sockets = new Counter('sockets');

export const options = {
  scenarios: {
    users: {
      executor: 'per-vu-iterations',
      exec: 'use',
      vus: Math.max(2, rate),
      iterations: 1,
      maxDuration: `${durationSeconds + 60}s`,
    },
  },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<500', 'p(99)<1500'],
    delivered: ['p(95)<1000'],
    lost: ['count<1'],
    doubled: ['count<1'],
    sockets: [`count>=${Math.max(2, rate)}`],
  },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)', 'max'],
};

// Signing in finds out whether the account exists already.
http.setResponseCallback(
  http.expectedStatuses({ min: 200, max: 399 }, 401, 409),
);

export function use() {
  // Not all at once: the sign-in hashes passwords.
  sleep(Math.random() * 2);
  const email = `load-${exec.vu.idInTest % accounts}@example.com`;
  signIn(email);
  const waiting = new Map();
  const arrived = new Set();
  const socket = openSocket(event => {
    if (event.type !== 'notification') return;
    const { title } = event.notification;
    if (arrived.has(title)) doubled.add(1);
    const sentAt = waiting.get(title);
    if (sentAt === undefined) return;
    arrived.add(title);
    delivered.add(Date.now() - sentAt);
    waiting.delete(title);
  });
  socket.onReady(() => {
    sockets.add(1);
    let count = 0;
    const timer = setInterval(() => {
      count += 1;
      if (count % 2 === 1)
        notify(
          email,
          `load ${exec.vu.idInTest}-${count}-${Date.now()}`,
          waiting,
        );
      else list();
    }, periodMs);
    setTimeout(() => clearInterval(timer), durationSeconds * 1000);
    setTimeout(() => {
      lost.add(waiting.size);
      socket.close();
    }, durationSeconds * 1000 + graceMs);
  });
}

const json = { 'content-type': 'application/json' };

function signIn(email) {
  const credentials = JSON.stringify({ email, password });
  const signedIn = http.post(
    `${target}/api/session`,
    credentials,
    named('POST session', json),
  );
  if (signedIn.status === 200) return;
  const account = JSON.stringify({ email, password, name: 'Load Test' });
  const signedUp = http.post(
    `${target}/api/accounts`,
    account,
    named('POST accounts', json),
  );
  if (signedUp.status === 201) return;
  // Another socket of the same account was faster.
  const again = http.post(
    `${target}/api/session`,
    credentials,
    named('POST session', json),
  );
  if (!check(again, { 'user is signed in': r => r.status === 200 })) {
    exec.test.abort(`Signing in failed with ${again.status}: ${again.body}`);
  }
}

async function notify(email, title, waiting) {
  waiting.set(title, Date.now());
  const accepted = await http.asyncRequest(
    'POST',
    `${target}/api/notifications`,
    JSON.stringify({
      to: email,
      kind: 'info',
      title,
      body: 'from the load test',
    }),
    named('POST notifications', {
      ...json,
      'idempotency-key': title.replaceAll(' ', '-'),
    }),
  );
  const stored = check(accepted, {
    'notification is stored': r => r.status === 201,
    'instance is named': r => Boolean(r.headers['X-Instance-Id']),
  });
  if (!stored) waiting.delete(title);
}

async function list() {
  const listed = await http.asyncRequest(
    'GET',
    `${target}/api/notifications`,
    null,
    named('GET notifications'),
  );
  check(listed, { 'notifications are listed': r => r.status === 200 });
}

const named = (name, headers = {}) => ({ headers, tags: { name } });

/** A Socket.IO client, as far as this test needs one: https://socket.io/docs/v4/engine-io-protocol */
function openSocket(onEvent) {
  const url = `${target.replace(
    /^http/,
    'ws',
  )}/api/socket/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, null, { tags: { name: 'socket' } });
  let ready = () => undefined;
  let started = false;
  socket.onmessage = ({ data }) => {
    if (data.startsWith('0')) socket.send('40{}');
    else if (data.startsWith('40') && !started) {
      started = true;
      ready();
    } else if (data === '2') socket.send('3');
    else if (data.startsWith('42')) receive(socket, data, onEvent);
  };
  socket.onerror = ({ error }) =>
    exec.test.abort(`The socket failed: ${error}`);
  return {
    onReady: callback => {
      ready = callback;
    },
    close: () => socket.close(),
  };
}

function receive(socket, data, onEvent) {
  const [, id, payload] = /^42(\d*)(.*)$/s.exec(data);
  const [name, events] = JSON.parse(payload);
  if (name !== 'events') return;
  for (const event of events) onEvent(event);
  if (id) socket.send(`43${id}[]`);
}

/** The figures, with the portal's names. */
export function handleSummary(data) {
  const { http_reqs, http_req_failed, http_req_duration, ...others } =
    data.metrics;
  const figures = {
    tool: 'k6',
    requests: http_reqs.values.count,
    requestsPerSecond: http_reqs.values.rate,
    errorRate: http_req_failed.values.rate,
    p95Ms: http_req_duration.values['p(95)'],
    p99Ms: http_req_duration.values['p(99)'],
  };
  const text = `${JSON.stringify(figures, null, 2)}\n`;
  const count = name => others[name]?.values.count ?? 0;
  const live = `${count('sockets')} sockets; from request to socket: ${
    others.delivered?.values['p(95)'] ?? 'unknown'
  } ms (p95); ${count('lost')} lost, ${count('doubled')} doubled\n`;
  return { stdout: text + live, [__ENV.OUTPUT || 'load-test.json']: text };
}
