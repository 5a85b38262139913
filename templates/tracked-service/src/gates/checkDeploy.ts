import { join } from 'node:path';
import type { CrashingPostgres } from '../tools/CrashingPostgres';
import { AwsCommandStandIn } from '../tools/AwsCommandStandIn';
import { FIRST_IMAGE, type LoadedService } from '../tools/LoadedService';
import type { Report } from '../tools/Report';
import { runTool } from '../tools/runTool';
import { startEventSink } from '../tools/startEventSink';

const READY_LIMIT_MS = 60_000;
const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;

/** How a broken image fails: the CDK's repository runs on ECS, the other one on an Auto Scaling group. */
const FAILURES: Record<string, string> = {
  terraform: 'The instance refresh ended with Failed',
  cdk: 'The rollout failed',
};

/** Runs the deployments of both infrastructures; see {@link checkDeployOf}. */
export async function checkDeploy(
  repositories: { terraform: string; cdk: string },
  service: LoadedService,
  database: CrashingPostgres,
  report: Report,
): Promise<void> {
  report.standIn(
    'G2 deployment: stand-ins of the commands aws, terraform, npm and cdk, which restart local processes instead of instances',
  );
  for (const [iac, directory] of Object.entries(repositories)) {
    await checkDeployOf({ iac, directory, service, database, report });
  }
}

/** Runs a repository's deployment: it succeeds only once every instance runs the image, and otherwise returns to the previous one. */
async function checkDeployOf({
  iac,
  directory,
  service,
  database,
  report,
}: {
  iac: string;
  directory: string;
  service: LoadedService;
  database: CrashingPostgres;
  report: Report;
}): Promise<void> {
  const standIn = new AwsCommandStandIn(service, database);
  const portal = await startEventSink();
  const bin = join(directory, 'reports/bin');
  const env = {
    ...(await standIn.install(bin)),
    PATH: `${bin}:${process.env.PATH}`,
    AWS_REGION: 'eu-central-1',
    TF_STATE_BUCKET: 'state',
    ENVIRONMENT: 'staging',
    DEPLOY_POLL_SECONDS: '1',
    CLOUDTRACE_URL: portal.url,
    CLOUDTRACE_EVENTS_TOKEN: 'ctk_example',
    GIT_COMMIT: '0123456789abcdef',
    BRANCH_NAME: 'main',
  };

  const deploy = (
    image: string,
    expected: { status: string; description: RegExp; running: string },
  ) =>
    report.run(
      `G2 deployment (${iac}) of ${image}: ${expected.status}`,
      async () => {
        await service.waitForReadiness(200, READY_LIMIT_MS);
        portal.events.length = 0;
        const { exitCode, output } = await runTool('scripts/ci/deploy.sh', [], {
          cwd: directory,
          env: { ...env, IMAGE: image },
        });
        await standIn.settle();
        const event = await runTool(
          'scripts/ci/deploy-event.sh',
          [exitCode === 0 ? 'succeeded' : 'failed'],
          { cwd: directory, env },
        );
        const [reported] = portal.events;
        const running = await service.runningImageDigests();
        return reported?.status === expected.status &&
          expected.description.test(reported.description ?? '') &&
          running.every(found => found === expected.running)
          ? []
          : [
              `ended with ${exitCode}, reported ${JSON.stringify(
                portal.events,
              )}, runs ${running}: ${output} ${event.output}`,
            ];
      },
    );
  try {
    await report.run(`G2 deployment (${iac}) without a digest`, async () => {
      const { exitCode, output } = await runTool('scripts/ci/deploy.sh', [], {
        cwd: directory,
        env: { ...env, IMAGE: 'orders:1.0.0' },
      });
      return exitCode !== 0 && /orders:1\.0\.0 has no digest/.test(output)
        ? []
        : [`ended with ${exitCode}: ${output}`];
    });
    await deploy(`orders@${digest(2)}`, {
      status: 'succeeded',
      description: /^Every instance runs orders@sha256:2+$/,
      running: digest(2),
    });
    await deploy(`broken@${digest(3)}`, {
      status: 'rolled-back',
      description: new RegExp(
        `^${FAILURES[iac]}: New instances did not become healthy\\. Rolled back to orders@sha256:2+$`,
      ),
      running: digest(2),
    });
    await deploy(FIRST_IMAGE, {
      status: 'succeeded',
      description: /^Every instance runs orders@sha256:1+$/,
      running: digest(1),
    });
  } finally {
    await standIn.dispose();
    await portal.stop();
  }
}
