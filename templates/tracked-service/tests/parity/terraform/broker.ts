import type { Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readInsights, readTask } from './data';
import { oneOf } from './ecs';
import {
  block,
  neutral,
  neutralJson,
  stackResources,
  type StateObject,
  type TerraformState,
} from './TerraformState';

type Facts = Readonly<Record<string, Plain>>;

/** The broker, if there is one. */
export function readBroker(state: TerraformState): Facts | null {
  const cluster = state.optional('aws_msk_cluster');
  if (!cluster) return null;
  const nodes = block(cluster, 'broker_node_group_info');
  const encryption = block(cluster, 'encryption_info');
  const transit = block(encryption, 'encryption_in_transit');
  const configuration = state.one('aws_msk_configuration');
  return {
    name: cluster.cluster_name as Plain,
    version: cluster.kafka_version as Plain,
    nodes: Number(cluster.number_of_broker_nodes),
    instanceType: nodes.instance_type as Plain,
    subnets: (nodes.client_subnets as unknown[]).length,
    storageGb: Number(
      block(block(nodes, 'storage_info'), 'ebs_storage_info').volume_size,
    ),
    public:
      block(block(nodes, 'connectivity_info'), 'public_access').type !==
      'DISABLED',
    key: neutral(String(encryption.encryption_at_rest_kms_key_arn)),
    clients: transit.client_broker as Plain,
    encryptedInside: transit.in_cluster === true,
    ...readLogins(state, block(cluster, 'client_authentication')),
    log: readLog(cluster),
    settings: sortedByContent(
      String(configuration.server_properties).split('\n'),
    ),
    monitoring: cluster.enhanced_monitoring as Plain,
  };
}

function readLogins(state: TerraformState, clients: StateObject): Facts {
  const secrets = state
    .all('aws_msk_scram_secret_association')
    .flatMap(({ secret_arn_list }) => secret_arn_list as string[]);
  return {
    anonymous: clients.unauthenticated === true,
    scram: block(clients, 'sasl').scram === true,
    logins: secrets.map(arn => nameOf(state, arn)),
  };
}

/** The stack's output has the name of the secret's resource. */
function nameOf(state: TerraformState, arn: string): Plain {
  const secrets = stackResources(state, 'AWS::SecretsManager::Secret');
  const [, found] = secrets.find(([id]) => arn.endsWith(`/${id}`)) ?? [];
  return (found?.Name as Plain) ?? null;
}

function readLog(cluster: StateObject): Plain {
  const log = block(
    block(block(cluster, 'logging_info'), 'broker_logs'),
    'cloudwatch_logs',
  );
  return log.enabled === true ? (log.log_group as Plain) : null;
}

/** The workers, if there are any. */
export function readWorker(state: TerraformState): Facts | null {
  const [filter] = state.all('aws_cloudwatch_log_metric_filter');
  if (!filter) return null;
  const service = oneOf(state, 'aws_ecs_service', 'worker');
  const range = oneOf(state, 'aws_appautoscaling_target', 'worker');
  const tracking = block(
    oneOf(state, 'aws_appautoscaling_policy', 'worker'),
    'target_tracking_scaling_policy_configuration',
  );
  const network = block(service, 'network_configuration');
  return {
    ...readTask(state, '-worker'),
    ...readContainer(oneOf(state, 'aws_ecs_task_definition', 'worker')),
    publicAddress: network.assign_public_ip === true,
    subnets: (network.subnets as unknown[]).length,
    rollsBack: block(service, 'deployment_circuit_breaker').rollback === true,
    minHealthyPercent: Number(service.deployment_minimum_healthy_percent),
    tasks: `${range.min_capacity}..${range.max_capacity}`,
    cpuTarget: Number(tracking.target_value),
    insights: readInsights(state, String(service.cluster)),
    countsDeadLetters: `${filter.pattern} ${
      block(filter, 'metric_transformation').namespace
    }`,
  };
}

function readContainer(task: StateObject): Facts {
  const [container] = neutralJson(task.container_definitions) as any[];
  return {
    dropped: container.linuxParameters?.capabilities.drop ?? null,
    stopTimeout: container.stopTimeout ?? null,
    check: container.healthCheck?.command ?? null,
    checkSeconds: container.healthCheck
      ? [
          container.healthCheck.startPeriod,
          container.healthCheck.interval,
          container.healthCheck.timeout,
          container.healthCheck.retries,
        ]
      : null,
  };
}
