import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { signUp } from './account.mjs';

const users = 50;
const eventsPerUser = 400;
const total = users * eventsPerUser;
const ticksPerSecond = 100;

/**
 * How many events from the broker one worker processes: stores twenty thousand and publishes them while no other worker
 * runs.
 *
 * @param {import('./Processes.mjs').Processes} processes
 * @param {string} url
 */
export async function measureWorker(processes, url) {
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  // The database may have the notifications of an earlier run.
  const title = `Measured ${randomUUID()}`;
  try {
    for (let user = 0; user < users; user += 1) {
      const { email } = await signUp(url);
      await store(client, email, title);
    }
    const worker = await processes.startWorker();
    const startedAt = performance.now();
    const startedCpu = cpuSeconds(worker.pid);
    const before = await countDelivered(client, title);
    while ((await countDelivered(client, title)) < total) {
      if (performance.now() - startedAt > 120_000) throw new Error('too slow');
      await sleep(100);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpu = cpuSeconds(worker.pid) - startedCpu;
    return {
      perSecond: (total - before) / seconds,
      perCpuSecond: (total - before) / cpu,
    };
  } finally {
    await client.end();
  }
}

/**
 * As `POST /api/notifications` does, but many at once.
 *
 * @param {import('pg').Client} client
 * @param {string} email
 * @param {string} title
 */
async function store(client, email, title) {
  await client.query(
    `WITH person AS (SELECT id FROM users WHERE email = $1),
    stream AS (
      UPDATE event_streams SET last_event_id = ${eventsPerUser} WHERE user_id = (SELECT id FROM person)),
    many AS (SELECT gen_random_uuid() AS id, number FROM generate_series(1, ${eventsPerUser}) AS number),
    content AS (SELECT jsonb_build_object('kind', 'info', 'title', $2::text, 'body', '', 'from', 'Measure') AS data),
    added AS (
      INSERT INTO events (user_id, event_id, type, version, notification_id, data)
      SELECT person.id, number, 'notification.created', 1, many.id, data FROM person, many, content),
    projected AS (
      INSERT INTO notifications (id, user_id, kind, title, body, "from", created_at)
      SELECT many.id, person.id, 'info', $2, '', 'Measure', now() FROM person, many)
    INSERT INTO outbox (topic, key, headers, value)
    SELECT 'notifications.events', person.id, '{}', convert_to(jsonb_build_object(
      'type', 'notification.created', 'version', 1, 'userId', person.id, 'eventId', number,
      'notificationId', many.id, 'at', now(), 'data', data)::text, 'UTF8')
    FROM person, many, content`,
    [email, title],
  );
}

/**
 * @param {import('pg').Client} client
 * @param {string} title
 */
async function countDelivered(client, title) {
  const { rows } = await client.query(
    'SELECT count(*)::int AS count FROM notifications WHERE title = $1 AND event_id IS NOT NULL',
    [title],
  );
  return rows[0].count;
}

/**
 * CPU time of a process, from Linux.
 *
 * @param {number | undefined} pid
 */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1];
  const [user, system] = fields?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) / ticksPerSecond;
}
