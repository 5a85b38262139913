import { ledgerKey } from '../database/insertLedger';
import { GroupCommit, type GroupCommitOptions } from './GroupCommit';

type Write = {
  keys: string[];
  slot: number;
  resolve: (stored?: string[]) => void;
  reject: (error: Error) => void;
};

/** A group commit whose transactions end when the test says so. */
function setUp(options: Partial<GroupCommitOptions> = {}) {
  const writes: Write[] = [];
  const onCommit = jest.fn();
  const onFailure = jest.fn();
  const group = new GroupCommit({
    write: (batch, slot) =>
      new Promise((resolve, reject) => {
        const keys = [...batch.entries.keys()];
        writes.push({
          keys,
          slot,
          resolve: (stored = keys) => resolve(new Set(stored)),
          reject,
        });
      }),
    maxBatchSpans: 4,
    maxSpansPerRequest: 10,
    connections: 1,
    maxBatches: 2,
    overlapSpans: 3,
    onCommit,
    onFailure,
    ...options,
  });
  const add = (fingerprint: string, spans = 1, entityId = 7) => {
    const batch = group.open();
    if (!batch) throw new Error('full');
    const start = batch.rows.length;
    batch.rows.length += spans;
    return group.add(batch, {
      start,
      entityId,
      entityRef: `component:default/e${entityId}`,
      fingerprint,
      startedOn: '2026-07-01T00:00:00.000Z',
    });
  };
  return { group, writes, add, onCommit, onFailure };
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const key = (fingerprint: string, entityId = 7) =>
  ledgerKey(entityId, fingerprint);

describe('GroupCommit', () => {
  it('commits the requests of one turn together', async () => {
    const { writes, add, onCommit, group } = setUp();
    const outcomes = [add('a', 2), add('b', 1, 8)];
    expect(group.waitingSpans).toBe(3);
    expect(writes).toHaveLength(0);
    await turn();
    expect(writes.map(({ keys }) => keys)).toEqual([[key('a'), key('b', 8)]]);
    writes[0].resolve();
    expect(await Promise.all(outcomes)).toEqual(['stored', 'stored']);
    expect(onCommit).toHaveBeenCalledWith({
      spans: 3,
      requests: 2,
      durationMs: expect.any(Number),
      entityRefs: new Set(['component:default/e7', 'component:default/e8']),
    });
    await group.drain();
    expect(group.waitingSpans).toBe(0);
  });

  it('reports a request that the ledger knows as a duplicate', async () => {
    const { writes, add } = setUp();
    const outcomes = [add('a'), add('b')];
    await turn();
    writes[0].resolve([key('b')]);
    expect(await Promise.all(outcomes)).toEqual(['duplicate', 'stored']);
  });

  it('stores a request once that arrives twice in a batch', async () => {
    const { writes, add, group } = setUp();
    const outcomes = [add('a', 2), add('a', 2), add('a', 2, 8)];
    expect(group.waitingSpans).toBe(4);
    await turn();
    expect(writes[0].keys).toEqual([key('a'), key('a', 8)]);
    writes[0].resolve();
    expect(await Promise.all(outcomes)).toEqual([
      'stored',
      'duplicate',
      'stored',
    ]);
  });

  it('fails every request of a transaction that failed, so that senders retry', async () => {
    const { writes, add, onCommit, onFailure } = setUp();
    const outcomes = [add('a'), add('a'), add('b')];
    const settled = Promise.allSettled(outcomes);
    await turn();
    const cause = new Error('connection lost');
    writes[0].reject(cause);
    for (const outcome of await settled) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'IngestUnavailableError', cause },
      });
    }
    expect(onFailure).toHaveBeenCalledWith({
      error: cause,
      spans: 2,
      requests: 2,
    });
    expect(onCommit).not.toHaveBeenCalled();
    // The next request starts afresh.
    const next = add('a');
    await turn();
    writes[1].resolve();
    expect(await next).toBe('stored');
  });

  it('lets requests gather while a transaction is running', async () => {
    const { writes, add } = setUp();
    const first = add('a');
    await turn();
    const others = [add('b'), add('c')];
    await turn();
    expect(writes).toHaveLength(1);
    writes[0].resolve();
    expect(await first).toBe('stored');
    await turn();
    expect(writes[1].keys).toEqual([key('b'), key('c')]);
    writes[1].resolve();
    expect(await Promise.all(others)).toEqual(['stored', 'stored']);
  });

  it('starts a second transaction at the overlap size, not below it', async () => {
    const { writes, add, group } = setUp({ connections: 2, maxBatches: 3 });
    void add('a');
    await turn();
    void add('b', 2);
    await turn();
    expect(writes).toHaveLength(1);
    void add('c', 1);
    await turn();
    expect(writes.map(({ keys }) => keys)).toEqual([
      [key('a')],
      [key('b'), key('c')],
    ]);
    expect(new Set(writes.map(({ slot }) => slot))).toEqual(new Set([0, 1]));
    writes.forEach(({ resolve }) => resolve());
    await group.drain();
  });

  it('accepts no request while every batch is in use', async () => {
    const { writes, add, group } = setUp();
    void add('a');
    await turn();
    void add('b', 4);
    // The second batch is full now, and the first one is being written.
    expect(group.open()).toBeUndefined();
    writes[0].resolve();
    await turn();
    expect(writes[1].keys).toEqual([key('b')]);
    expect(group.open()).toBeDefined();
    writes[1].resolve();
    await group.drain();
  });

  it('drains at once when idle, otherwise after the last transaction', async () => {
    const { writes, add, group } = setUp();
    await group.drain();
    void add('a');
    let drained = false;
    const draining = group.drain().then(() => (drained = true));
    await turn();
    void add('b');
    writes[0].resolve();
    await turn();
    expect(drained).toBe(false);
    writes[1].resolve();
    await draining;
    expect(writes).toHaveLength(2);
  });
});
