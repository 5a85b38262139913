import { mockServices } from '@backstage/backend-test-utils';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { ensureResources } from './database/ensureResources';
import { replaceLinks } from './database/replaceLinks';
import { ReactionQueue } from './ReactionQueue';
import type { ReportChanges } from './storeReport';

jest.setTimeout(120_000);

describe('ReactionQueue', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  /** Entities `a`, `b` and `c` with one resource each. */
  async function setUp(react: (entity: string) => Promise<void>) {
    const { knex } = await databases.createTestDatabase();
    const names = ['a', 'b', 'c'];
    const ids = await ensureResources(
      knex,
      names.map(id => ({ provider: 'fake', id, type: 'x', name: id })),
    );
    const scopes = names.map(name => ({
      entityRef: `component:default/${name}`,
      environment: 'default',
    }));
    await replaceLinks(knex, {
      provider: 'fake',
      scopes,
      links: scopes.map((scope, index) => ({
        ...scope,
        resourceId: ids.get(`fake\n${names[index]}`)!,
        locator: 'annotation',
        detail: '',
      })),
    });
    const nameOf = (entityRef: string) => entityRef.slice(-1);
    const done: string[] = [];
    const news: string[] = [];
    const logger = mockServices.logger.mock();
    const queue = new ReactionQueue({
      knex,
      logger,
      onNews: ({ entityRef }) => news.push(nameOf(entityRef)),
      async react({ entityRef }, changes) {
        const name = nameOf(entityRef);
        await react(name);
        done.push(`${name}${changes.length}`);
      },
    });
    const change = (name: string, more: Partial<ReportChanges> = {}) => ({
      resourceId: ids.get(`fake\n${name}`)!,
      first: false,
      targets: [],
      activities: [],
      alarms: [],
      databaseEvents: 0,
      visible: true,
      ...more,
    });
    return { queue, change, done, news, logger };
  }

  it('reacts to news before the first reports of a new fleet', async () => {
    const { queue, change, done, news } = await setUp(async () => {});
    queue.add([change('a', { first: true }), change('b', { first: true })]);
    queue.add([change('c')]);
    await queue.drained();
    // The first one began before the news came.
    expect(done).toEqual(['a1', 'c1', 'b1']);
    expect(news).toEqual(['a', 'b', 'c']);
  });

  it('reacts once to all changes of an environment that waits', async () => {
    let proceed = () => {};
    const slow = new Promise<void>(resolve => {
      proceed = resolve;
    });
    const { queue, change, done } = await setUp(async name => {
      if (name === 'a') await slow;
    });
    queue.add([change('a')]);
    queue.add([change('b')]);
    queue.add([change('b')]);
    expect(done).toEqual([]);
    proceed();
    await queue.drained();
    expect(done).toEqual(['a1', 'b2']);
  });

  it('ignores what shows nothing new', async () => {
    const { queue, change, done } = await setUp(async () => {});
    queue.add([change('a', { visible: false })]);
    await queue.drained();
    expect(done).toEqual([]);
  });

  it('goes on after a reaction that failed', async () => {
    const { queue, change, done, logger } = await setUp(async name => {
      if (name === 'a') throw new Error('Broken');
    });
    queue.add([change('a'), change('b')]);
    await queue.drained();
    expect(done).toEqual(['b1']);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
