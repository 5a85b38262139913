import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { FakeS3, s3Error, S3_ENDPOINT } from './testUtils/FakeS3';
import {
  createDay,
  daysAgo,
  startArchiveBackend,
  timeOf,
  wholeDay,
  type ArchiveBackend,
} from './testUtils/startArchiveBackend';

jest.setTimeout(120_000);

const DAY = daysAgo(20);
const OTHER_DAY = daysAgo(15);
const server = setupServer();

describe('an archive in S3', () => {
  let archive: ArchiveBackend;
  const s3 = new FakeS3();

  const seed = async (day: string, name: string) => {
    await createDay(archive.database, day);
    await seedRequests(
      archive.database.knex,
      { entityRef: `component:default/${name}`, environment: 'production' },
      Array.from({ length: 20 }, (_, i) => ({
        startedAt: timeOf(day, i * 1000),
        instance: `${name}-1`,
      })),
    );
  };
  const list = (day: string, name = 'shop') =>
    archive.get('/requests', wholeDay(day), name);

  beforeAll(async () => {
    server.listen({ onUnhandledRequest: 'bypass' });
    archive = await startArchiveBackend({
      archive: {
        s3: {
          bucket: 'acme',
          prefix: 'cold/requests',
          region: 'eu-central-1',
          endpoint: S3_ENDPOINT,
          forcePathStyle: true,
        },
        retention: '60d',
      },
      aws: {
        mainAccount: { accessKeyId: 'AKIAARCHIVE', secretAccessKey: 's' },
      },
    });
    await seed(DAY, 'shop');
    await seed(DAY, 'cart');
  });
  beforeEach(() => {
    server.resetHandlers();
    s3.calls.length = 0;
  });
  afterAll(async () => {
    server.close();
    await archive.stop();
  });

  it.each([
    [
      'wrong credentials',
      () => s3Error(403, 'InvalidAccessKeyId', 'The key does not exist.'),
      'InvalidAccessKeyId: The key does not exist.',
    ],
    [
      'a bucket that does not exist',
      () => s3Error(404, 'NoSuchBucket', 'The bucket does not exist'),
      'NoSuchBucket',
    ],
    ['a server that is not reachable', () => HttpResponse.error(), 'Error'],
  ])('keeps the day in the database with %s', async (_, answer, message) => {
    server.use(http.all(`${S3_ENDPOINT}/*`, answer));
    await archive.archive();
    expect(await archive.dayOf(DAY)).toEqual({
      state: 'exporting',
      requests: 40,
      error: expect.stringMatching(
        new RegExp(
          `^Could not store day=.* in s3://acme/cold/requests at s3.example: .*${message}`,
        ),
      ),
    });
    const { body } = await list(DAY);
    expect(body).toEqual(expect.objectContaining({ total: 20 }));
    expect(body).not.toHaveProperty('archived');
    const diagnostics = await archive.get('/diagnostics');
    const source = diagnostics.body.sources.find(
      ({ id }: { id: string }) => id === 'archive',
    );
    expect(source).toEqual(
      expect.objectContaining({
        status: 'problem',
        problems: [
          expect.objectContaining({
            code: 'archive-failed',
            message: expect.stringContaining(message),
          }),
        ],
      }),
    );
    expect(JSON.stringify(source)).not.toContain('AKIAARCHIVE');
  });

  it('stores a day below its prefix, signed with the account of the configuration', async () => {
    s3.serve(server, 'acme');
    s3.objects.set(
      `cold/requests/day=${DAY}/requests-0-0001.parquet`,
      Buffer.from('left by an attempt that was killed'),
    );
    s3.objects.set(`cold/requests/other`, Buffer.from('of somebody else'));
    await archive.archive();
    expect(await archive.dayOf(DAY)).toEqual({
      state: 'dropped',
      error: null,
      requests: 40,
    });
    expect([...s3.objects.keys()].sort()).toEqual([
      `cold/requests/day=${DAY}/requests-1-0001.parquet`,
      'cold/requests/other',
    ]);
    expect([...s3.accessKeys]).toEqual(['AKIAARCHIVE']);
  });

  it('fetches a file once for several searches', async () => {
    s3.serve(server, 'acme');
    for (const name of ['shop', 'cart', 'shop']) {
      const { body } = await list(DAY, name);
      expect(body).toEqual(
        expect.objectContaining({ archived: true, total: 20 }),
      );
      expect(new Set(body.items.map((item: any) => item.instanceId))).toEqual(
        new Set([`${name}-1`]),
      );
    }
    expect(s3.calls.filter(call => call.startsWith('GET'))).toHaveLength(1);
  });

  describe('with a file that nobody has read yet', () => {
    const key = `cold/requests/day=${OTHER_DAY}/requests-1-0001.parquet`;
    let stored: Buffer;

    beforeAll(async () => {
      s3.serve(server, 'acme');
      await seed(OTHER_DAY, 'shop');
      await archive.archive();
      stored = s3.objects.get(key)!;
    });

    const faults: Array<[string, () => void, string]> = [
      [
        'is gone',
        () => s3.objects.delete(key),
        'NoSuchKey: The specified key does not exist.',
      ],
      [
        'is cut off',
        () => s3.objects.set(key, stored.subarray(0, 500)),
        `it has 500 bytes instead of`,
      ],
      [
        'has the bytes of another one',
        () =>
          s3.objects.set(
            key,
            Buffer.concat([
              s3.objects
                .get(`cold/requests/day=${DAY}/requests-1-0001.parquet`)!
                .subarray(0, stored.length),
              Buffer.alloc(stored.length),
            ]).subarray(0, stored.length),
          ),
        'its content differs',
      ],
      [
        'may not be read',
        () =>
          server.use(
            http.get(`${S3_ENDPOINT}/acme/*`, () =>
              s3Error(403, 'AccessDenied', 'Access Denied'),
            ),
          ),
        'AccessDenied',
      ],
      [
        'is not reachable',
        () =>
          server.use(
            http.get(`${S3_ENDPOINT}/acme/*`, () => HttpResponse.error()),
          ),
        'Could not read',
      ],
    ];

    it.each(faults)(
      'says so if it %s, instead of showing no requests',
      async (_, damage, message) => {
        s3.serve(server, 'acme');
        damage();
        for (const path of ['/requests', '/requests/facets']) {
          const { body, status } = await archive.get(path, wholeDay(OTHER_DAY));
          expect({ status, message: body.error?.message }).toEqual({
            status: 503,
            message: expect.stringContaining(message),
          });
          expect(body.error.message).toContain(
            `The archived requests of ${OTHER_DAY} could not be read`,
          );
        }
        s3.objects.set(key, stored);
      },
    );

    it('reads it as soon as it is there again', async () => {
      s3.serve(server, 'acme');
      const { body } = await list(OTHER_DAY);
      expect(body).toEqual(
        expect.objectContaining({ archived: true, total: 20 }),
      );
    });
  });
});
