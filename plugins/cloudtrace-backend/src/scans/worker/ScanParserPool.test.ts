import { acmeImporter } from '../tests/acmeImporter';
import { ScanParserPool } from './ScanParserPool';

jest.setTimeout(60_000);

const file = (document: object) => {
  const text = Buffer.from(JSON.stringify(document));
  const body = new Uint8Array(text.length);
  body.set(text);
  return { body, gzip: false };
};

describe('ScanParserPool', () => {
  it('runs the importer of a module, and survives its faults', async () => {
    const pool = new ScanParserPool({ timeoutMs: 8_000, maxHeapMiB: 64 });
    await expect(pool.parse(acmeImporter, file({}))).resolves.toMatchObject([
      { tool: 'ACME' },
    ]);
    await expect(
      pool.parse(acmeImporter, file({ act: 'fail' })),
    ).rejects.toThrow("The importer 'acme' failed: TypeError: a bug");
    await expect(
      pool.parse(acmeImporter, file({ act: 'fill' })),
    ).rejects.toThrow(/too much memory/);
    await expect(
      pool.parse(acmeImporter, file({ act: 'hang' })),
    ).rejects.toThrow(/longer than 8 seconds/);
    await expect(pool.parse(acmeImporter, file({}))).resolves.toHaveLength(1);
  });

  it('rejects more scans than may wait', async () => {
    const pool = new ScanParserPool({ maxWaiting: 1 });
    const first = pool.parse(acmeImporter, file({}));
    await expect(pool.parse(acmeImporter, file({}))).rejects.toThrow(
      'Too many scans are being read',
    );
    await first;
  });
});
