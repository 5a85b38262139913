import { planFiles } from './planFiles';

const day = { day: '2026-11-02', generation: 3 };
const start = Date.parse('2026-11-02');
const at = (minute: number) => new Date(start + minute * 60_000);
const neverAsked = async () => {
  throw new Error('not asked');
};

describe('planFiles', () => {
  it('plans nothing for a day without requests', async () => {
    expect(await planFiles(day, [], neverAsked)).toEqual([]);
  });

  it('puts small entities together, as many as fit', async () => {
    const counts = [4, 5, 2, 10].map((requests, i) => ({
      entityId: i + 1,
      requests,
    }));
    const files = await planFiles(day, counts, neverAsked, 10);
    expect(files.map(file => [file.entityIds, file.requests])).toEqual([
      [[1, 2], 9],
      [[3], 2],
      [[4], 10],
    ]);
    expect(files[1]).toEqual({
      number: 2,
      path: 'day=2026-11-02/requests-3-0002.parquet',
      entityIds: [3],
      from: at(0),
      to: at(1440),
      requests: 2,
    });
  });

  it('divides a large entity by time, without a gap, and never within a minute', async () => {
    const minutes = [
      { minute: 5, requests: 6 },
      { minute: 6, requests: 4 },
      { minute: 90, requests: 25 },
      { minute: 1439, requests: 1 },
    ];
    const files = await planFiles(
      day,
      [
        { entityId: 1, requests: 3 },
        { entityId: 2, requests: 36 },
        { entityId: 3, requests: 3 },
      ],
      async entityId => (entityId === 2 ? minutes : []),
      10,
    );
    expect(
      files.map(file => [file.entityIds, file.from, file.to, file.requests]),
    ).toEqual([
      [[2], at(0), at(90), 10],
      [[2], at(90), at(1439), 25],
      [[2], at(1439), at(1440), 1],
      [[1, 3], at(0), at(1440), 6],
    ]);
  });
});
