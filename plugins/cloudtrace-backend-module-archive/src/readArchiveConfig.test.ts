import { mockServices } from '@backstage/backend-test-utils';
import { readArchiveConfig } from './readArchiveConfig';

function read(archive: object | undefined) {
  return readArchiveConfig(
    mockServices.rootConfig({
      data: archive === undefined ? {} : { cloudtrace: { archive } },
    }),
  );
}

describe('readArchiveConfig', () => {
  it('reads nothing if the archive is not configured', () => {
    expect(read(undefined)).toBeUndefined();
  });

  it('has limits by default, and keeps days for ever', () => {
    expect(read({ folder: '/archive' })).toEqual({
      target: { folder: '/archive' },
      retentionMs: undefined,
      workingDirectory: undefined,
      cacheBytes: 2 ** 30,
      memoryBytes: 2 ** 28,
      threads: 1,
      timeoutMs: 10_000,
    });
  });

  it('removes slashes around a prefix', () => {
    expect(read({ s3: { bucket: 'b', prefix: '/a/b/' } })?.target).toEqual(
      expect.objectContaining({ bucket: 'b', prefix: 'a/b' }),
    );
  });

  it.each([
    [{}, 'needs either folder or s3'],
    [{ folder: '/a', s3: { bucket: 'b' } }, 'needs either folder or s3'],
    [{ folder: 'a' }, 'archive.folder must be an absolute path'],
    [{ s3: {} }, "Missing required config value at 'cloudtrace.archive.s3.buc"],
    [{ s3: { bucket: 'b', endpoint: 'minio' } }, 's3.endpoint must be an http'],
    [{ folder: '/a', retention: '1h' }, 'retention must be at least a day'],
    [{ folder: '/a', retention: 'x' }, 'cloudtrace.archive.retention'],
    [{ folder: '/a', timeout: '1ms' }, 'timeout must be at least 100 ms'],
    [{ folder: '/a', threads: 0.5 }, 'threads must be a whole number'],
    [{ folder: '/a', memoryBytes: 1 }, 'memoryBytes must be a whole number'],
  ])('rejects %j', (archive, message) => {
    expect(() => read(archive)).toThrow(message);
  });
});
