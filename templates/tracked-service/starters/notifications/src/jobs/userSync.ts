import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { v7 as uuid } from 'uuid';
import { normalizeEmail } from '../accounts/AccountStore.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { ScheduledJob } from './JobQueue.js';

const everyMs = 15 * 60_000;
const longestWaitMs = 30_000;

const directory = Compile(
  Type.Object({
    users: Type.Array(
      Type.Object({
        email: Type.String({ minLength: 3, maxLength: 254, pattern: '@' }),
        name: Type.String({ minLength: 1, maxLength: 100 }),
        active: Type.Boolean(),
      }),
      { maxItems: 100_000 },
    ),
  }),
);

/**
 * Copies users from a directory: adds new ones, renames them, and signs out those who are inactive there. Users that it
 * does not name stay as they are.
 */
export function userSyncJob(options: {
  database: ServiceDatabase;
  /** Without it, the job does nothing. */
  url?: string | undefined;
  token?: string | undefined;
}): ScheduledJob {
  const { database, url, token } = options;
  return {
    name: 'user-sync',
    schedule: { every: everyMs },
    run: async () => {
      if (url) await store(database, await fetchUsers({ url, token }));
    },
  };
}

async function fetchUsers({
  url,
  token,
}: {
  url: string;
  token?: string | undefined;
}) {
  const answer = await fetch(url, {
    headers: {
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(longestWaitMs),
  });
  if (!answer.ok) {
    throw new Error(
      `USER_DIRECTORY_URL: the directory returned ${answer.status}`,
    );
  }
  const content: unknown = await answer.json();
  if (!directory.Check(content)) {
    const [problem] = directory.Errors(content);
    throw new Error(
      `USER_DIRECTORY_URL: the answer is invalid: ${problem?.instancePath ?? ''} ${problem?.message ?? ''}`,
    );
  }
  return content.users;
}

async function store(
  database: ServiceDatabase,
  users: { email: string; name: string; active: boolean }[],
): Promise<void> {
  const byEmail = new Map(
    users.map(user => [normalizeEmail(user.email), { ...user, id: uuid() }]),
  );
  const list = [...byEmail].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (values: unknown[]) => sql.param(values);
  await database.transaction(async queries => {
    await queries.execute(sql`
      INSERT INTO users (id, email, name, role, active)
      SELECT id, email, name, 'user', active FROM unnest(
        ${column(list.map(([, user]) => user.id))}::uuid[],
        ${column(list.map(([email]) => email))}::text[],
        ${column(list.map(([, user]) => user.name))}::text[],
        ${column(list.map(([, user]) => user.active))}::boolean[]
      ) AS found (id, email, name, active)
      ON CONFLICT (email) DO UPDATE SET name = excluded.name, active = excluded.active`);
    await queries.execute(sql`
      INSERT INTO event_streams (user_id) SELECT id FROM users ON CONFLICT DO NOTHING`);
    await queries.execute(sql`
      DELETE FROM sessions USING users WHERE users.id = sessions.user_id AND NOT users.active`);
  });
}
