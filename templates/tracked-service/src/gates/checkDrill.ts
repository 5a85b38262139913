import { join } from 'node:path';
import { AwsCommandStandIn } from '../tools/AwsCommandStandIn';
import type { CrashingPostgres } from '../tools/CrashingPostgres';
import type { LoadedService } from '../tools/LoadedService';
import { runTool } from '../tools/runTool';
import type { Report } from '../tools/Report';
import { startEventSink } from '../tools/startEventSink';

/** The shortest time that the drill allows, because the gate runs six of them. */
const WATCH_SECONDS = '6';
const READY_LIMIT_MS = 60_000;

/** The repositories whose drills run, by infrastructure and compute. */
interface DrilledRepositories {
  /** Terraform and an Auto Scaling group. */
  terraform: string;
  /** The CDK and ECS. */
  cdk: string;
  kubernetes: string;
}

/** Runs the repository's failover drill against the running service, and checks what it reports to the portal. */
export async function checkDrill(
  repositories: DrilledRepositories,
  service: LoadedService,
  database: CrashingPostgres,
  report: Report,
): Promise<void> {
  report.standIn(
    'G2 drill: stand-ins of the commands aws, terraform and kubectl, which end local processes instead of instances and kill the local PostgreSQL',
  );
  const standIn = new AwsCommandStandIn(service, database);
  const portal = await startEventSink();
  const { events } = portal;
  const bin = join(repositories.terraform, 'reports/bin');
  const environment = {
    ...(await standIn.install(bin)),
    PATH: `${bin}:${process.env.PATH}`,
    AWS_REGION: 'eu-central-1',
    TF_STATE_BUCKET: 'state',
    ENVIRONMENT: 'staging',
    DRILL_CONFIRM: 'yes',
    DRILL_WATCH_SECONDS: WATCH_SECONDS,
    CLOUDTRACE_URL: portal.url,
    CLOUDTRACE_EVENTS_TOKEN: 'ctk_example',
    GIT_COMMIT: '0123456789abcdef',
    BRANCH_NAME: 'main',
  };

  const drill = (
    iac: keyof DrilledRepositories,
    scenario: string,
    status: string,
    maxOutageSeconds: string,
  ) =>
    report.run(
      `G2 drill ${scenario} (${iac}), at most ${maxOutageSeconds} s: ${status}`,
      async () => {
        await service.waitForReadiness(200, READY_LIMIT_MS);
        events.length = 0;
        const { exitCode, output } = await runTool(
          'scripts/ci/drill.sh',
          [scenario],
          {
            cwd: repositories[iac],
            env: {
              ...environment,
              BUILD_TAG: scenario,
              MAX_OUTAGE_SECONDS: maxOutageSeconds,
            },
          },
        );
        await standIn.settle();
        const closed = [...standIn.cluster.closed];
        if (closed.length > 0) return [`left closed: ${closed.join(', ')}`];
        console.log(
          `G2: drill ${scenario} (${iac}): ${
            events[0]?.description?.trim() ?? 'no event'
          }`,
        );
        const isAsExpected =
          (exitCode === 0) === (status === 'succeeded') &&
          events.length === 1 &&
          events[0].kind === 'healing' &&
          events[0].status === status &&
          events[0].action === `failover drill: ${scenario}`;
        return isAsExpected
          ? []
          : [
              `ended with ${exitCode}, told the portal ${JSON.stringify(
                events,
              )}: ${output}`,
            ];
      },
    );
  try {
    await drill('terraform', 'instance', 'succeeded', '60');
    await drill('cdk', 'zone', 'succeeded', '60');
    await drill('kubernetes', 'node', 'succeeded', '60');
    await drill('kubernetes', 'zone', 'succeeded', '60');
    await drill('terraform', 'database', 'succeeded', '60');
    // The database is down for longer than that: a drill that cannot fail proves nothing.
    await drill('cdk', 'database', 'failed', '1');
  } finally {
    await standIn.dispose();
    await portal.stop();
  }
}
