import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateDirectory } from './paths';
import { runTool } from './tools/runTool';

jest.setTimeout(120_000);

/** A compute that writes down what the drill asks of it. */
const COMPUTE = `
compute_find() { :; }
in_service() {
  if [[ -n \${1:-} ]]; then echo pod-1; else printf 'pod-1\\npod-2\\n'; fi
}
zone_of() { echo zone-a; }
end_instances() { echo "end $*" >> steps.txt; }
`;
const NODES = `
close_zone() { echo "close $1" >> steps.txt; }
open_zone() { echo "open $1" >> steps.txt; }
node_of() { echo node-1; }
drain_node() { echo "drain $1" >> steps.txt; [[ ! -f cannot-drain ]]; }
open_node() { echo "open $1" >> steps.txt; }
`;

describe('the failover drill', () => {
  let directory: string;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'cloudtrace-drill-'));
    for (const folder of ['core', 'features/drill']) {
      cpSync(
        join(templateDirectory, folder, 'scripts'),
        join(directory, 'scripts'),
        { recursive: true },
      );
    }
    server = createServer((_request, response) => {
      response.writeHead(202).end('{"stored":"new"}');
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mkdirSync(join(directory, '.cloudtrace'));
    write('.cloudtrace/service.env', 'SERVICE_NAME=orders');
    write(
      'scripts/ci/infra.sh',
      `ENVIRONMENT=staging\nsource scripts/ci/tools.env\ninfra_output() { echo ${url}; }`,
    );
    write('scripts/ci/starter.sh', 'PROBE_PATH=/');
    chmodSync(join(directory, 'scripts/ci/drill.sh'), 0o755);
  });
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  });

  function write(name: string, text: string) {
    writeFileSync(join(directory, name), `${text}\n`);
  }

  async function drill(scenario: string, compute: string) {
    write('scripts/ci/compute.sh', compute);
    write('steps.txt', '');
    const { exitCode, output } = await runTool(
      'scripts/ci/drill.sh',
      [scenario],
      {
        cwd: directory,
        env: {
          AWS_REGION: 'eu-central-1',
          CLOUDTRACE_URL: url,
          CLOUDTRACE_EVENTS_TOKEN: 'ctk_example',
          DRILL_CONFIRM: 'yes',
          DRILL_WATCH_SECONDS: '6',
          GIT_COMMIT: '0123456789abcdef',
          BRANCH_NAME: 'main',
        },
      },
    );
    const steps = readFileSync(join(directory, 'steps.txt'), 'utf8');
    return { exitCode, output, steps: steps.trim().split('\n') };
  }

  it('keeps new pods out of the zone that it ends, and opens it afterwards', async () => {
    const { exitCode, output, steps } = await drill('zone', COMPUTE + NODES);
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining('The drill passed'),
    ]);
    expect(steps).toEqual(['close zone-a', 'end pod-1', 'open zone-a']);
  });

  it('ends a zone of a compute that cannot close one', async () => {
    const { exitCode, output, steps } = await drill('zone', COMPUTE);
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining('The drill passed'),
    ]);
    expect(steps).toEqual(['end pod-1']);
  });

  it('opens a node again that could not be drained', async () => {
    write('cannot-drain', '');
    const { exitCode, output, steps } = await drill('node', COMPUTE + NODES);
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('the node node-1 could not be drained'),
    ]);
    expect(steps).toEqual(['drain node-1', 'open node-1']);
  });

  it('knows nodes only on Kubernetes', async () => {
    const { exitCode, output } = await drill('node', COMPUTE);
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('only Kubernetes has nodes'),
    ]);
  });
});
