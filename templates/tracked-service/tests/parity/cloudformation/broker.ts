import type { Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';
import { readInsights, readTask } from './data';
import { ecsPolicies, ecsRange, ecsService, taskDefinition } from './ecs';

type Facts = Readonly<Record<string, Plain>>;

/** The broker, if there is one. */
export function readBroker(template: CloudFormationTemplate): Facts | null {
  const cluster = template.optional('AWS::MSK::Cluster');
  if (!cluster) return null;
  const nodes = cluster.BrokerNodeGroupInfo;
  const encryption = cluster.EncryptionInfo;
  const configuration = template.one('AWS::MSK::Configuration');
  return {
    name: cluster.ClusterName,
    version: cluster.KafkaVersion,
    nodes: cluster.NumberOfBrokerNodes,
    instanceType: nodes.InstanceType,
    subnets: nodes.ClientSubnets.length,
    storageGb: nodes.StorageInfo.EBSStorageInfo.VolumeSize,
    public: nodes.ConnectivityInfo?.PublicAccess?.Type !== 'DISABLED',
    key: template.neutral(encryption.EncryptionAtRest?.DataVolumeKMSKeyId),
    clients: encryption.EncryptionInTransit.ClientBroker,
    encryptedInside: encryption.EncryptionInTransit.InCluster === true,
    ...readLogins(template, cluster.ClientAuthentication),
    log: readLog(template, cluster),
    settings: sortedByContent(configuration.ServerProperties.split('\n')),
    monitoring: cluster.EnhancedMonitoring,
  };
}

function readLogins(
  template: CloudFormationTemplate,
  clients: Properties,
): Facts {
  const secrets: unknown[] = template
    .all('AWS::MSK::BatchScramSecret')
    .flatMap(({ SecretArnList }) => SecretArnList);
  return {
    anonymous: clients.Unauthenticated?.Enabled !== false,
    scram: clients.Sasl?.Scram?.Enabled === true,
    logins: secrets.map(secret => nameOf(template, secret)),
  };
}

function readLog(template: CloudFormationTemplate, cluster: Properties): Plain {
  const log = cluster.LoggingInfo?.BrokerLogs.CloudWatchLogs;
  return log?.Enabled === true ? nameOf(template, log.LogGroup) : null;
}

/** The name of the secret or log group that a value refers to. */
function nameOf(template: CloudFormationTemplate, value: unknown): Plain {
  const id = template.target(value);
  const [, resource] = template.resources.find(([other]) => other === id) ?? [];
  const { Name, LogGroupName } = resource?.Properties ?? {};
  return Name ?? LogGroupName ?? null;
}

/** The workers, if there are any. */
export function readWorker(template: CloudFormationTemplate): Facts | null {
  const service = ecsService(template, 'worker');
  if (!service) return null;
  const range = ecsRange(template, 'worker');
  const [{ TargetTrackingScalingPolicyConfiguration: tracking }] = ecsPolicies(
    template,
    'worker',
  );
  const network = service.NetworkConfiguration.AwsvpcConfiguration;
  const deployment = service.DeploymentConfiguration;
  const filter = template.one('AWS::Logs::MetricFilter');
  return {
    ...readTask(template, '-worker'),
    ...readContainer(taskDefinition(template, 'worker')),
    publicAddress: network.AssignPublicIp === 'ENABLED',
    subnets: network.Subnets.length,
    rollsBack: deployment.DeploymentCircuitBreaker.Rollback === true,
    minHealthyPercent: deployment.MinimumHealthyPercent,
    tasks: `${range.MinCapacity}..${range.MaxCapacity}`,
    cpuTarget: tracking.TargetValue,
    insights: readInsights(template, String(template.target(service.Cluster))),
    countsDeadLetters: `${filter.FilterPattern} ${filter.MetricTransformations[0].MetricNamespace}`,
  };
}

function readContainer(task: Properties): Facts {
  const [container] = task.ContainerDefinitions;
  const check = container.HealthCheck;
  return {
    dropped: container.LinuxParameters?.Capabilities.Drop ?? null,
    stopTimeout: container.StopTimeout ?? null,
    check: check?.Command ?? null,
    checkSeconds: check
      ? [check.StartPeriod, check.Interval, check.Timeout, check.Retries]
      : null,
  };
}
