import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ECS = path.resolve(__dirname, '../compute/ecs/infra');
const script = readFileSync(
  path.join(ECS, 'terraform/modules/compute/prepare-task.mjs'),
  'utf8',
);

let folder: string;
let server: Server;
let statuses: number[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'prepare-task-'));
  server = createServer((_request, response) => {
    response.writeHead(statuses.shift() ?? 500).end('certificates');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise(resolve => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Runs the script as the container does. */
function prepare() {
  const { port } = server.address() as AddressInfo;
  return promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    {
      env: {
        CA_FILE: path.join(folder, 'ca.pem'),
        CA_URL: `http://127.0.0.1:${port}`,
        SCRATCH: folder,
      },
    },
  );
}

describe('prepare-task.mjs', () => {
  it('is the same file in both tools', () => {
    expect(
      readFileSync(path.join(ECS, 'cdk/lib/compute/prepare-task.mjs'), 'utf8'),
    ).toBe(script);
  });

  it('lets everyone write temporary files, and repeats a failed download', async () => {
    statuses = [503, 200];
    const { stderr } = await prepare();
    expect(stderr).toContain('Attempt 1 to fetch the certificates: status 503');
    expect(readFileSync(path.join(folder, 'ca.pem'), 'utf8')).toBe(
      'certificates',
    );
    expect(statSync(folder).mode.toString(8)).toMatch(/1777$/);
  });

  it('ends with an error if the certificates cannot be fetched', async () => {
    statuses = [];
    await expect(prepare()).rejects.toMatchObject({ code: 1 });
  }, 30_000);
});
