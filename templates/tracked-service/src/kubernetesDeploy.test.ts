import { DeploymentSandbox, image } from './tools/DeploymentSandbox';

jest.setTimeout(60_000);

/* What a deployment to Kubernetes does besides what deploy.test.ts expects of each compute. */
describe('a deployment to Kubernetes', () => {
  let sandbox: DeploymentSandbox;
  beforeEach(async () => {
    sandbox = await DeploymentSandbox.create('terraform', 'kubernetes');
  });
  afterEach(() => sandbox.dispose());

  const TIMED_OUT = 'dial tcp 10.0.1.5:443: i/o timeout';
  const stepsOf = (kind: string) =>
    sandbox.cloud.steps.filter(step => step.startsWith(kind));

  it('does not migrate if it cannot reach the cluster, and says what to do', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.steps.length = 0;
    cloud.cluster!.unreachable = TIMED_OUT;
    const { exitCode, output } = await sandbox.deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(
        /The API of the cluster orders-production cannot be reached.*cluster_private_access_cidrs.*VPN.*cluster_public_access_cidrs.*The database was not migrated/,
      ),
    ]);
    expect(output).toContain(TIMED_OUT);
    expect(cloud.steps).toEqual([]);
    expect(cloud.state().applied).toBe(image(1));
  });

  it('does not migrate a new database if it cannot reach the cluster', async () => {
    const { cloud } = sandbox;
    cloud.cluster!.unreachable = TIMED_OUT;
    expect((await sandbox.deploy(image(1))).exitCode).toBe(1);
    expect(cloud.steps).toEqual(['create infrastructure']);
  });

  it('names the settings of the CDK if the CDK creates the cluster', async () => {
    const cdk = await DeploymentSandbox.create('cdk', 'kubernetes');
    cdk.cloud.cluster!.unreachable = TIMED_OUT;
    const { output } = await cdk.deploy(image(1));
    await cdk.dispose();
    expect(output).toMatch(/clusterPrivateAccess.*clusterPublicAccess/);
  });

  it('applies the settings of the commit first if they let it reach the cluster', async () => {
    const { cloud } = sandbox;
    const cluster = cloud.cluster!;
    cluster.unreachable = TIMED_OUT;
    await sandbox.deploy(image(1));
    cluster.opensWithInfrastructure = true;
    expect((await sandbox.deploy(image(1))).exitCode).toBe(0);
    // No worker may start before the migration.
    expect(cloud.steps.slice(0, 3)).toEqual([
      'create infrastructure',
      'remove all instances',
      `migrate ${image(1)}`,
    ]);
    cluster.unreachable = TIMED_OUT;
    expect((await sandbox.deploy(image(2))).exitCode).toBe(0);
    expect(stepsOf('remove')).toEqual(['remove all instances']);
    expect(stepsOf('migrate')).toEqual([1, 2].map(n => `migrate ${image(n)}`));
  });

  it('does not take a missing credential for a missing way', async () => {
    const { cloud } = sandbox;
    cloud.cluster!.deniesToken = true;
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('AWS issued no credential for the API'),
    ]);
    expect(stepsOf('migrate')).toEqual([]);
  });

  it('says that the cluster does not accept its role', async () => {
    const { cloud } = sandbox;
    cloud.cluster!.unreachable =
      'error: You must be logged in to the server (Unauthorized)';
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('does not accept the role of this run'),
    ]);
    expect(stepsOf('migrate')).toEqual([]);
  });

  it('installs what the cluster lacks, once', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    await sandbox.deploy(image(2));
    expect(cloud.cluster!.steps).toEqual([
      'update definitions of aws-load-balancer-controller-3.5.0',
      'install aws-load-balancer-controller-3.5.0',
    ]);
  });

  it('keeps a replica of the controller that new pods wait for', async () => {
    await sandbox.deploy(image(1));
    expect(
      sandbox.cloud.cluster!.helm.settings.get('aws-load-balancer-controller'),
    ).toEqual(
      expect.arrayContaining([
        'podDisruptionBudget.maxUnavailable=1',
        'resources.requests.cpu=100m',
        'resources.requests.memory=128Mi',
      ]),
    );
  });

  it('installs a chart again if its settings changed, but not its version', async () => {
    const { cloud, env } = sandbox;
    await sandbox.deploy(image(1));
    cloud.cluster!.steps.length = 0;
    env.AWS_REGION = 'eu-west-1';
    expect((await sandbox.deploy(image(1))).exitCode).toBe(0);
    expect(cloud.cluster!.steps).toContain(
      'install aws-load-balancer-controller-3.5.0',
    );
  });

  it.each([
    [
      ['deployed', 'failed', 'pending-rollback'],
      'return aws-load-balancer-controller to 1',
    ],
    [['pending-install'], 'uninstall aws-load-balancer-controller'],
    [['uninstalling'], 'uninstall aws-load-balancer-controller'],
    [['deployed', 'uninstalling'], 'uninstall aws-load-balancer-controller'],
  ])('recovers a release in the states %j', async (statuses, step) => {
    const { helm, steps } = sandbox.cloud.cluster!;
    helm.interrupt('aws-load-balancer-controller', statuses);
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
    expect([steps[0], steps.at(-1)]).toEqual([
      step,
      'install aws-load-balancer-controller-3.5.0',
    ]);
  });

  it('names a release that it cannot recover', async () => {
    const { helm } = sandbox.cloud.cluster!;
    helm.interrupt('aws-load-balancer-controller', ['uninstalling']);
    helm.refusesRemoval = true;
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        'The release aws-load-balancer-controller was left uninstalling, and could not be recovered',
      ),
    ]);
  });

  it('names the definitions that a half removed add-on left behind', async () => {
    sandbox.cloud.cluster!.endedDefinitions.push(
      'certificates.example.com',
      'targetgroupbindings.elbv2.k8s.aws',
    );
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        'while these definitions are being deleted: targetgroupbindings.elbv2.k8s.aws. See docs/compute.md',
      ),
    ]);
  });

  it('undoes a rollout whose pods do not get ready, and says why', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.brokenImages.add(image(2));
    const { exitCode, output } = await sandbox.deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        `The rollout failed: a pod is in the state CrashLoopBackOff. The Deployment returned to revision 1. Rolled back to ${image(
          1,
        )}`,
      ),
    ]);
    expect(cloud.cluster!.steps.at(-1)).toBe('undo to 1');
    expect(cloud.state().runningImage).toBe(image(1));
  });

  it('returns to the manifests that were confirmed last, not to those of the commit with the previous image', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.cluster!.manifests = 'second manifests';
    cloud.cluster!.brokenManifests.add('second manifests');
    const { exitCode, output } = await sandbox.deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(`Rolled back to ${image(1)}`),
    ]);
    expect(cloud.cluster!.runningManifests()).toBe(
      `${image(1)}\nfirst manifests\n`,
    );
  });

  it('returns to the previous manifests if only they changed', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.cluster!.manifests = 'second manifests';
    cloud.cluster!.brokenManifests.add('second manifests');
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        `Rolled back to the previous manifests of ${image(1)}`,
      ),
    ]);
    expect(cloud.cluster!.runningManifests()).toBe(
      `${image(1)}\nfirst manifests\n`,
    );
  });

  it('says that it returns to nothing if the same image and manifests fail', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.cluster!.hasNoPods = true;
    const { output } = await sandbox.deploy(image(1));
    expect(output).toContain(
      'No pod is running. No other deployment was confirmed, so there is none to return to.',
    );
    expect(cloud.cluster!.steps).not.toContain('undo to 1');
  });

  it('fails if the pods cannot be listed', async () => {
    sandbox.cloud.cluster!.deniesPods = true;
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('The pods could not be listed'),
    ]);
  });

  it('does not take a missing credential for differences', async () => {
    const { cloud } = sandbox;
    cloud.cluster!.deniesTokenAfter = '--dry-run=server';
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        'The manifests could not be compared with the cluster',
      ),
    ]);
  });

  it('ignores a pod that its node evicted', async () => {
    sandbox.cloud.cluster!.evictedPod = `orders-2 ${image(3)}`;
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([0, expect.any(String)]);
  });

  it('changes nothing if the API server rejects the manifests', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    cloud.cluster!.rejectsManifests = true;
    const { exitCode, output } = await sandbox.deploy(image(2));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('The API server rejected the manifests'),
    ]);
    expect(cloud.state().runningImage).toBe(image(1));
  });

  it('fails if a pod runs another image, and does not count one that ends', async () => {
    const { cloud } = sandbox;
    cloud.cluster!.strayPod = `orders-2 ${image(3)}`;
    const { exitCode, output } = await sandbox.deploy(image(1));
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining(
        `Some pods run another image: orders-2 ${image(3)}`,
      ),
    ]);
  });
});
