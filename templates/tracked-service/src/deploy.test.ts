import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeploymentSandbox, image } from './tools/DeploymentSandbox';
import type { DeploymentStandIn } from './tools/DeploymentStandIn';

jest.setTimeout(60_000);

/* Runs scripts/ci/deploy.sh as pipelines do, with stand-ins of the programs that they call. */
describe.each([
  ['terraform', 'asg'],
  ['cdk', 'ecs'],
  ['terraform', 'kubernetes'],
] as const)('a deployment with %s to %s', (iac, compute) => {
  let sandbox: DeploymentSandbox;
  let cloud: DeploymentStandIn;
  let env: Record<string, string>;

  beforeEach(async () => {
    sandbox = await DeploymentSandbox.create(iac, compute);
    ({ cloud, env } = sandbox);
  });
  afterEach(() => sandbox.dispose());

  const deploy: DeploymentSandbox['deploy'] = (...args) =>
    sandbox.deploy(...args);

  it('migrates before the first instance starts', async () => {
    const { exitCode, output } = await deploy(image(1));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    expect(cloud.steps).toEqual([
      'create infrastructure',
      `migrate ${image(1)}`,
      `roll out ${image(1)}`,
      ...(compute === 'ecs' ? ['start 2 tasks'] : []),
      `tag deployed-production-${'1'.repeat(12)}`,
    ]);
    expect(cloud.state().runningImage).toBe(image(1));
  });

  it('migrates with the new image before it replaces an instance', async () => {
    await deploy(image(1));
    cloud.steps.length = 0;
    expect((await deploy(image(2))).exitCode).toBe(0);
    expect(cloud.steps).toEqual([
      `migrate ${image(2)}`,
      `roll out ${image(2)}`,
      `tag deployed-production-${'2'.repeat(12)}`,
    ]);
  });

  it.each([false, true])(
    'leaves no file with the token that it stores, also if AWS refuses: %s',
    async refuses => {
      env.CLOUDTRACE_REQUESTS_TOKEN = 'ctk_example';
      cloud.deniesSecrets = refuses;
      const { exitCode, output } = await deploy(image(1));
      expect([exitCode, output]).toEqual([
        refuses ? 1 : 0,
        expect.stringContaining(
          refuses ? 'The ingest token could not be stored' : 'Every instance',
        ),
      ]);
      expect(cloud.steps).toContain('store ctk_example');
      const left = readdirSync(join(sandbox.directory, 'reports'));
      expect(left.filter(name => name.startsWith('secret'))).toEqual([]);
    },
  );

  it('replaces no instance if the migration fails', async () => {
    await deploy(image(1));
    cloud.steps.length = 0;
    cloud.migrationExitCode = 1;
    const { exitCode, output } = await deploy(image(2));
    expect(exitCode).toBe(1);
    expect(output).toContain('The migration ended with 1');
    expect(output).toContain('No instance was replaced');
    expect(cloud.steps).toEqual([`migrate ${image(2)}`]);
    expect(cloud.state().runningImage).toBe(image(1));
  });

  it('stops a migration that does not end', async () => {
    await deploy(image(1));
    cloud.migrationHangs = true;
    env.MIGRATION_TIMEOUT_SECONDS = '1';
    const { exitCode, output } = await deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('did not end within 1 s and was stopped'),
    ]);
    expect(cloud.steps.at(-1)).toBe('stop migration');
  });

  it('returns to the image that was confirmed last, not to the one applied last', async () => {
    await deploy(image(1));
    cloud.brokenImages.add(image(2)).add(image(3));
    cloud.apply(image(2));
    const { exitCode, output } = await deploy(image(3));
    expect(exitCode).toBe(1);
    expect(output).toContain(`Rolled back to ${image(1)}`);
    expect(cloud.state().runningImage).toBe(image(1));
  });

  it('starts a failed rollout again if the same image is deployed again', async () => {
    await deploy(image(1));
    cloud.brokenImages.add(image(2));
    cloud.apply(image(2));
    cloud.brokenImages.clear();
    const { exitCode, output } = await deploy(image(2));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    expect(cloud.state().runningImage).toBe(image(2));
  });

  it('does not take an error of AWS for a finished rollout', async () => {
    await deploy(image(1));
    cloud.deniesRollouts = true;
    if (cloud.cluster) cloud.cluster.deniesReading = true;
    const { exitCode, output } = await deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('could not be read'),
    ]);
  });

  it('reads the outputs of its own environment', async () => {
    await deploy(image(1), 'staging');
    cloud.steps.length = 0;
    expect((await deploy(image(1), 'production')).exitCode).toBe(0);
    expect(cloud.steps[0]).toBe('create infrastructure');
    cloud.brokenImages.add(image(2));
    const { output } = await deploy(image(2), 'production');
    expect(output).toContain(`Rolled back to ${image(1)}`);
    expect(cloud.state('staging').applied).toBe(image(1));
  });

  describe('of a service with workers', () => {
    beforeEach(() => sandbox.copyScripts('features/broker/common'));

    it('starts them after the migration', async () => {
      const { exitCode, output } = await deploy(image(1));
      expect([exitCode, output]).toEqual([
        0,
        expect.stringContaining('All workers run'),
      ]);
      expect(cloud.steps.indexOf('start 2 workers')).toBeGreaterThan(
        cloud.steps.indexOf(`migrate ${image(1)}`),
      );
      expect(cloud.state().workerImage).toBe(image(1));
    });

    it('returns instances and workers to the previous image if new workers do not get healthy', async () => {
      await deploy(image(1));
      cloud.brokenWorkers.add(image(2));
      const { exitCode, output } = await deploy(image(2));
      expect([exitCode, output]).toEqual([
        1,
        expect.stringContaining(
          `ECS returned to the previous version of the workers. Rolled back to ${image(
            1,
          )}`,
        ),
      ]);
      expect(cloud.state().runningImage).toBe(image(1));
      expect(cloud.state().workerImage).toBe(image(1));
    });
  });
});
