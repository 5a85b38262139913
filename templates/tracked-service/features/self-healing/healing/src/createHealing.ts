import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import {
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parseDeclaredState } from './declared/DeclaredState.js';
import { heal } from './heal.js';
import { readPause } from './readPause.js';
import { InstanceRemedy } from './remedies/InstanceRemedy.js';
import { DatabaseGuard } from './repairs/DatabaseGuard.js';
import { GroupGuard } from './repairs/GroupGuard.js';
import { ListenerGuard } from './repairs/ListenerGuard.js';
import { SecurityGroupGuard } from './repairs/SecurityGroupGuard.js';
import { OpenProblems } from './report/OpenProblems.js';
import { PortalChannel } from './report/PortalChannel.js';
import { TopicChannel } from './report/TopicChannel.js';
import type { HealingReport, ReportChannel } from './report/types.js';
import { readTrigger } from './Trigger.js';

/** Settings from the environment of the function; the infrastructure sets all of them. */
export interface HealingSettings {
  /** Name of the function, to recognise its own calls. */
  readonly functionName: string;
  /** Parameter with the declared state as JSON. */
  readonly declaredParameter: string;
  /** Parameter with the end of a pause. */
  readonly pauseParameter: string;
  /** Parameter with the problems that were reported and still exist. */
  readonly problemsParameter: string;
  readonly groupName: string;
  readonly cpuAlarm: string;
  readonly memoryAlarm: string;
  readonly topicArn: string;
  /** The portal's API; empty for none. */
  readonly portalApiUrl: string;
  /** Secret with the token for events. */
  readonly eventsTokenSecretArn: string;
}

/** Creates the handler of the function with clients for the region in which it runs. */
export function createHealing(options: {
  settings: HealingSettings;
  log?: (message: string) => void;
  now?: () => Date;
}): (event: unknown) => Promise<void> {
  const { settings, log = console.log, now = () => new Date() } = options;
  const autoScaling = new AutoScalingClient();
  const cloudWatch = new CloudWatchClient();
  const ssm = new SSMClient();
  const guards = [
    new SecurityGroupGuard({ ec2: new EC2Client() }),
    new GroupGuard({ autoScaling }),
    new ListenerGuard({ loadBalancing: new ElasticLoadBalancingV2Client() }),
    new DatabaseGuard({ rds: new RDSClient() }),
  ];
  const remedy = new InstanceRemedy({
    autoScaling,
    cloudWatch,
    groupName: settings.groupName,
    alarms: { cpu: settings.cpuAlarm, memory: settings.memoryAlarm },
  });
  const channels = createChannels(settings);

  return async event =>
    heal({
      trigger: readTrigger(event, settings.functionName),
      readPause: () => readPause(ssm, settings.pauseParameter),
      readDeclared: async () => {
        const { Parameter } = await ssm.send(
          new GetParameterCommand({ Name: settings.declaredParameter }),
        );
        return parseDeclaredState(Parameter?.Value ?? '');
      },
      guards,
      remedy,
      problems: new OpenProblems({
        ssm,
        parameterName: settings.problemsParameter,
        log,
      }),
      report: report => deliver(channels, report, log),
      log,
      now,
    });
}

function createChannels(settings: HealingSettings): ReportChannel[] {
  const topic = new TopicChannel({
    sns: new SNSClient(),
    topicArn: settings.topicArn,
  });
  if (!settings.portalApiUrl) return [topic];
  const secretsManager = new SecretsManagerClient();
  const portal = new PortalChannel({
    apiUrl: settings.portalApiUrl,
    readToken: async () => {
      const { SecretString } = await secretsManager.send(
        new GetSecretValueCommand({ SecretId: settings.eventsTokenSecretArn }),
      );
      return SecretString ?? '';
    },
  });
  return [topic, portal];
}

/** A channel that fails must not keep a repair from being done, or the other channel from hearing of it. */
async function deliver(
  channels: readonly ReportChannel[],
  report: HealingReport,
  log: (message: string) => void,
): Promise<void> {
  log(JSON.stringify(report));
  await Promise.all(
    channels.map(channel =>
      channel
        .send(report)
        .catch((error: unknown) =>
          log(`${channel.name} did not get the report: ${String(error)}`),
        ),
    ),
  );
}
