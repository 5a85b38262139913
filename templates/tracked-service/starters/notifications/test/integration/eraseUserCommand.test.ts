import { afterAll, beforeAll, expect, it } from 'vitest';
import { NotificationService } from '../support/NotificationService.js';
import { Person } from '../support/Person.js';
import { runCommand } from '../support/runCommand.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

const usage = `Deletes an account and everything that was sent to it. This cannot be undone.

Usage: npm run erase-user -- --email <address>
`;

let database: TestDatabase;
let service: NotificationService;
let environment: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  const { url, config } = await database.migrate();
  environment = { DATABASE_URL: url };
  service = await NotificationService.start(config);
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

const eraseUser = (...options: string[]) =>
  runCommand('eraseUser', options, environment);
const countUsers = async () =>
  (await database.query('SELECT FROM users')).length;

it('erases an account while the service runs, and finds nothing the second time', async () => {
  const ada = await Person.signUp(service.url, 'Ada');
  const grace = await Person.signUp(service.url, 'Grace');
  await grace.notify(ada, 'to Ada');
  await grace.notify(grace, 'to Grace');
  await waitFor('delivery', async () => (await ada.list()).body.items[0]);

  expect(await eraseUser('--email', ` ${ada.email.toUpperCase()} `)).toEqual({
    code: 0,
    output: `${ada.email.toUpperCase()} was erased.\n`,
  });
  expect((await ada.list()).status).toBe(401);
  expect((await grace.list()).body.items).toHaveLength(1);

  expect(await eraseUser('--email', ada.email)).toEqual({
    code: 1,
    output: `${ada.email} has no account.\n`,
  });
});

it('changes nothing for an address that nobody has', async () => {
  await Person.signUp(service.url);
  const before = await countUsers();
  expect(await eraseUser('--email=nobody@example.com')).toEqual({
    code: 1,
    output: 'nobody@example.com has no account.\n',
  });
  expect(await countUsers()).toBe(before);
});

it.each([
  { options: [], reason: '--email is missing.' },
  { options: ['--email'], reason: "Option '--email <value>' argument missing" },
  {
    options: ['--email', 'ada'],
    reason: '--email: "ada" is not an email address.',
  },
  { options: ['--mail', 'ada@example.com'], reason: "Unknown option '--mail'" },
  {
    options: ['ada@example.com'],
    reason: "Unexpected argument 'ada@example.com'",
  },
])('refuses the arguments $options', async ({ options, reason }) => {
  const before = await countUsers();
  const { code, output } = await eraseUser(...options);
  expect(code).toBe(2);
  expect(output.startsWith(reason)).toBe(true);
  expect(output.endsWith(`\n\n${usage}`)).toBe(true);
  expect(await countUsers()).toBe(before);
});

it('explains itself with --help', async () => {
  expect(await eraseUser('--help')).toEqual({ code: 0, output: usage });
});

it('says why it failed, without a stack trace', async () => {
  const options = ['--email', 'ada@example.com'];
  const away = { DATABASE_URL: 'postgresql://x:x@127.0.0.1:1/x' };
  expect(await runCommand('eraseUser', options, away)).toEqual({
    code: 1,
    output:
      'The database cannot be reached at the moment: connect ECONNREFUSED 127.0.0.1:1\n',
  });
  const wrong = await runCommand('eraseUser', options, { PORT: 'many' });
  expect(wrong.code).toBe(1);
  expect(wrong.output).toMatch(/^env\/PORT must be \w+\n$/);
});
