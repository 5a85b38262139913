import { GroupCommit } from './GroupCommit';
import { ServerCommits } from './ServerCommits';

interface Write {
  server: number;
  entityIds: Set<number>;
  resolve: () => void;
  reject: (error: Error) => void;
}

const LOST = new Error('connection lost');
const turn = () => new Promise(resolve => setImmediate(resolve));

/** Entities with an even number are on server 0, the others on server 1. */
function setUp() {
  const writes: Write[] = [];
  const servers = [0, 1];
  const commits = new ServerCommits(
    { serverOf: id => id % 2, servers, refresh: () => undefined },
    server =>
      new GroupCommit({
        write: batch =>
          new Promise((resolve, reject) => {
            const keys = [...batch.entries.keys()];
            writes.push({
              server,
              entityIds: new Set(
                [...batch.entries.values()].map(entry => entry.entityId),
              ),
              resolve: () => resolve(new Set(keys)),
              reject,
            });
          }),
        maxBatchSpans: 10,
        maxSpansPerRequest: 10,
        connections: 1,
        maxBatches: 3,
        overlapSpans: 5,
      }),
  );
  let next = 0;
  const add = (entityId: number, spans = 1) => {
    const commit = commits.of(entityId);
    commit.assertUsable();
    const batch = commit.open();
    if (!batch) throw new Error('full');
    const start = batch.rows.length;
    batch.rows.length += spans;
    return commit.add(batch, {
      start,
      entityId,
      entityRef: `component:default/e${entityId}`,
      fingerprint: `${next++}`,
      startedOn: '2026-07-01T00:00:00.000Z',
    });
  };
  const writesOf = (server: number) => writes.filter(w => w.server === server);
  return { commits, add, writes, writesOf };
}

describe('ServerCommits', () => {
  it('never puts entities of two servers into one batch', async () => {
    const { add, writes, commits } = setUp();
    const outcomes = Array.from({ length: 40 }, (_, id) => add(id % 9));
    for (let round = 0; round < 10; round++) {
      await turn();
      writes.forEach(({ resolve }) => resolve());
    }
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['stored']));
    expect(writes.length).toBeGreaterThan(2);
    for (const { server, entityIds } of writes) {
      expect([...entityIds].filter(id => id % 2 !== server)).toEqual([]);
    }
    expect(commits.waitingSpans).toBe(0);
  });

  it('stores entities of one server while the other one hangs, and bounds what waits for it', async () => {
    const { add, writesOf, commits } = setUp();
    const hanging: Promise<unknown>[] = [];
    expect(() => {
      for (;;) hanging.push(add(1, 5));
    }).toThrow('full');
    // Three batches of ten spans.
    expect(hanging).toHaveLength(6);
    for (let round = 0; round < 20; round++) {
      const stored = add(2);
      await turn();
      writesOf(0)[round].resolve();
      expect(await stored).toBe('stored');
    }
    expect(writesOf(1)).toHaveLength(1);
    expect(commits.waitingSpans).toBe(30);
    const settled = Promise.allSettled(hanging);
    writesOf(1)[0].reject(LOST);
    // Not only the batch that failed: nothing waits for a second timeout.
    expect((await settled).map(({ status }) => status)).toEqual(
      Array(6).fill('rejected'),
    );
    expect(commits.waitingSpans).toBe(0);
    expect(writesOf(1)).toHaveLength(1);
  });

  it('rejects only entities of a server that failed, with a sentence that says so', async () => {
    const { add, writesOf } = setUp();
    const failing = add(1);
    await turn();
    writesOf(1)[0].reject(LOST);
    const sentence =
      'The database server that stores this entity does not respond; send the requests again';
    await expect(failing).rejects.toMatchObject({
      name: 'IngestUnavailableError',
      message: sentence,
      cause: LOST,
    });
    expect(() => add(3)).toThrow(sentence);
    const stored = add(2);
    await turn();
    writesOf(0)[0].resolve();
    expect(await stored).toBe('stored');
  });

  it('waits for all servers when it drains', async () => {
    const { add, writes, commits } = setUp();
    const outcomes = [add(1), add(2)];
    await turn();
    let drained = false;
    const draining = commits.drain().then(() => (drained = true));
    writes[0].resolve();
    await outcomes[0];
    await turn();
    expect(drained).toBe(false);
    writes[1].resolve();
    await draining;
  });

  it('follows an entity that moved to another server', async () => {
    let server = 0;
    const created: number[] = [];
    const commits = new ServerCommits(
      {
        serverOf: () => server,
        get servers() {
          return [server];
        },
        refresh: () => undefined,
      },
      number => {
        created.push(number);
        return new GroupCommit({
          write: async batch => new Set(batch.entries.keys()),
          maxBatchSpans: 10,
          maxSpansPerRequest: 10,
          connections: 1,
          maxBatches: 1,
          overlapSpans: 5,
        });
      },
    );
    const before = commits.of(7);
    server = 1;
    expect(commits.of(7)).not.toBe(before);
    server = 0;
    // The first one was dropped, because its server stored nothing any more.
    expect(commits.of(7)).not.toBe(before);
    expect(created).toEqual([0, 1, 0]);
  });
});
