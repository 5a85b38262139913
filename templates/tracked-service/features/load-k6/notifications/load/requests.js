// Users who open a WebSocket, notify themselves and wait for the notifications, at a constant rate. An exceeded threshold
// fails the run.
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import ws from 'k6/ws';

const target = __ENV.TARGET_URL;
const rate = Number(__ENV.LOAD_REQUESTS_PER_SECOND || 20);
const durationSeconds = Number(__ENV.LOAD_DURATION_SECONDS || 60);
const notificationsPerVisit = 5;
const requestsPerVisit = notificationsPerVisit + 3;
const longestVisitMs = 15_000;
const password = 'load test password';

const delivery = new Trend('notification_delivery', true);

export const options = {
  scenarios: {
    visits: {
      executor: 'constant-arrival-rate',
      exec: 'visit',
      rate: Math.max(1, Math.round(rate / requestsPerVisit)),
      timeUnit: '1s',
      duration: `${durationSeconds}s`,
      preAllocatedVUs: Math.max(2, rate),
      maxVUs: Math.max(20, rate * 2),
      gracefulStop: '20s',
    },
  },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<500', 'p(99)<1500'],
    notification_delivery: ['p(95)<1000'],
    checks: ['rate>0.99'],
    dropped_iterations: ['count<10'],
  },
  summaryTrendStats: ['avg', 'p(95)', 'p(99)', 'max'],
};

// An account of an earlier run, or one that this user must sign in to.
http.setResponseCallback(
  http.expectedStatuses({ min: 200, max: 399 }, 401, 409),
);

export function visit() {
  const email = `load-${exec.vu.idInTest}@example.com`;
  signIn(email);
  const listed = http.get(`${target}/api/notifications`, named('GET list'));
  check(listed, {
    'notifications are listed': r => r.status === 200,
    'instance is named': r => Boolean(r.headers['X-Instance-Id']),
  });
  const received = receive(listed.json('lastEventId'), email);
  check(received, {
    'every notification arrived once': list =>
      list.length === notificationsPerVisit,
  });
}

/** The cookie stays with the virtual user. */
function signIn(email) {
  const session = http.post(
    `${target}/api/session`,
    JSON.stringify({ email, password }),
    { ...named('POST session'), headers: json },
  );
  if (session.status === 200) return;
  http.post(
    `${target}/api/accounts`,
    JSON.stringify({ email, name: 'Load Test', password }),
    { ...named('POST account'), headers: json },
  );
}

const json = { 'content-type': 'application/json' };
const named = name => ({ tags: { name } });

/** Speaks Socket.IO over a WebSocket. @returns the titles that arrived, in their order. */
function receive(lastEventId, email) {
  const titles = [];
  const url = `${target.replace(/^http/, 'ws')}/api/socket/?EIO=4&transport=websocket`;
  const { session, '__Host-session': secure } = http
    .cookieJar()
    .cookiesForURL(target);
  const cookie = secure ? `__Host-session=${secure}` : `session=${session}`;
  ws.connect(url, { headers: { cookie }, ...named('socket') }, socket => {
    socket.setTimeout(() => socket.close(), longestVisitMs);
    socket.on('message', message => {
      if (message === '2') socket.send('3');
      else if (message.startsWith('0')) {
        socket.send(`40${JSON.stringify({ lastEventId })}`);
      } else if (message.startsWith('40')) notify(email);
      else if (message.startsWith('42')) {
        const [, acknowledgement, content] = /^42(\d+)(.*)$/.exec(message);
        socket.send(`43${acknowledgement}[]`);
        titles.push(...titlesOf(JSON.parse(content)[1]));
        if (titles.length >= notificationsPerVisit) socket.close();
      }
    });
  });
  return titles;
}

function notify(to) {
  for (let index = 0; index < notificationsPerVisit; index += 1) {
    const key = `${exec.scenario.iterationInTest}-${exec.vu.idInTest}-${index}-${Date.now()}`;
    http.post(
      `${target}/api/notifications`,
      JSON.stringify({ to, kind: 'info', title: `Sent at ${Date.now()}` }),
      {
        ...named('POST notification'),
        headers: { ...json, 'idempotency-key': key },
      },
    );
  }
}

function titlesOf(events) {
  return events
    .filter(event => event.type === 'notification')
    .map(({ notification }) => {
      delivery.add(Date.now() - Number(notification.title.slice(8)));
      return notification.title;
    });
}
