import { DeploymentSandbox, image } from './tools/DeploymentSandbox';

jest.setTimeout(60_000);

/* What a deployment to Kubernetes does besides what deploy.test.ts expects of each compute. */
describe('a deployment to Kubernetes', () => {
  let sandbox: DeploymentSandbox;
  beforeEach(async () => {
    sandbox = await DeploymentSandbox.create('terraform', 'kubernetes');
  });
  afterEach(() => sandbox.dispose());

  it('installs what the cluster lacks, once', async () => {
    const { cloud } = sandbox;
    await sandbox.deploy(image(1));
    await sandbox.deploy(image(2));
    expect(cloud.cluster!.steps).toEqual([
      'install aws-load-balancer-controller-3.5.0',
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
        `The rollout failed: a pod is in the state CrashLoopBackOff. Rolled back to ${image(
          1,
        )}`,
      ),
    ]);
    expect(cloud.cluster!.steps.at(-1)).toBe('undo to 1');
    expect(cloud.state().runningImage).toBe(image(1));
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
