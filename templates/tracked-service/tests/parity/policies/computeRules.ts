import type { InfrastructureModel } from '../InfrastructureModel';
import { productionRule, rule, type Rule } from './Rule';

/** Options of `docker run` without which a container that is broken into could do more. */
const CONTAINER_LIMITS = [
  '--read-only',
  '--cap-drop ALL',
  '--security-opt no-new-privileges',
  '--pids-limit',
];

/** Environment variables that contain a secret instead of its name. */
const PLAIN_SECRET =
  /^(?:export )?\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|PRIVATE_KEY|ACCESS_KEY)\w*(?<!_ARN|_FILE|_ENDPOINT|_BACKEND|_ID)=\S/m;

/** Group, instances and containers. */
export const computeRules: readonly Rule[] = [
  rule(
    'EC2.170',
    'instances answer metadata requests without a token (IMDSv1)',
    ({ compute: { instance } }) =>
      instance === null || instance.metadataTokens === 'required',
  ),
  rule(
    'AutoScaling.4',
    'instance metadata can leave the instance',
    ({ compute: { instance } }) =>
      instance === null || instance.metadataHops === 1,
  ),
  rule(
    'AutoScaling.5',
    'instances have public addresses',
    ({ compute }) =>
      (compute.instance ?? compute.task)?.publicAddress === false,
  ),
  rule('EC2.3', 'a disk is not encrypted', everyDisk),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html',
    'an instance refresh cannot roll back to a machine image from a parameter',
    ({ compute }) =>
      !(
        compute.replacement.rollsBack &&
        String(compute.instance?.image).startsWith('resolve:ssm:')
      ),
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html',
    'a deployment reduces capacity',
    ({ compute }) =>
      compute.cluster !== null ||
      Number(compute.replacement.minHealthyPercent) >= 100,
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html',
    'an instance that never served counts as updated: the warm-up of the refresh is not above the grace period',
    ({ compute }) =>
      !isGroup(compute) ||
      Number(compute.replacement.warmupSeconds) >
        Number(compute.group.gracePeriodSeconds),
  ),
  rule(
    'AutoScaling.1',
    'the group does not replace instances that the load balancer finds unhealthy',
    ({ compute }) =>
      compute.cluster !== null || compute.group.healthCheck === 'ELB',
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html',
    'new instances are replaced before they can have started',
    ({ compute }) =>
      compute.cluster !== null ||
      Number(compute.group.gracePeriodSeconds) >= 60,
  ),
  rule(
    'AutoScaling.2',
    'the group is not in at least two zones',
    ({ compute }) => Number(compute.group.subnets) >= 2,
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html',
    'the group cannot grow: its maximum is not above its minimum',
    ({ compute: { group } }) => Number(group.maxSize) > Number(group.minSize),
  ),
  productionRule(
    'AutoScaling.2',
    'the loss of one instance is an outage: the minimum is below two',
    ({ compute }) => Number(compute.group.minSize) >= 2,
  ),
  productionRule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html',
    'the minimum of the group runs on spot instances, which AWS may reclaim',
    ({ compute: { purchase, group } }) =>
      Number(purchase.onDemandPercentAbove) === 100 ||
      Number(purchase.onDemandBase) >= Number(group.minSize),
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html',
    'nothing scales the group',
    // Autoscalers in a cluster are in the manifests.
    ({ compute, scaling }) => compute.cluster !== null || scaling.length > 0,
  ),
  rule('ECS.8', 'an environment variable contains a secret', noPlainSecret),
  rule(
    'ECS.5',
    "the service's container can write to its image or gain privileges",
    ({ compute }) =>
      isGroup(compute)
        ? CONTAINER_LIMITS.every(limit => compute.userData.includes(limit))
        : containersOf(compute).every(
            ({ readOnly, essential, dropped }) =>
              readOnly && (!essential || dropped?.includes('ALL')),
          ),
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
    'a broken release of the service is not rolled back by ECS',
    ({ compute }) =>
      compute.task === null || compute.replacement.rollsBack === true,
  ),
  rule(
    'ECS.5',
    'the migration can write to its image or is privileged',
    ({ migration }) =>
      migration.readOnly === true && migration.privileged === false,
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html',
    'the service can read the password of the master user',
    onlyMigrationIsMaster,
  ),
  rule(
    'ECS.2',
    'the agents have public addresses',
    ({ clients }) => clients === null || clients.publicAddress === false,
  ),
  rule(
    'ECS.5',
    'the agents can write to their image or are privileged',
    ({ clients }) =>
      clients === null ||
      (clients.readOnly === true && clients.privileged === false),
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
    'a broken release of the agents is not rolled back',
    ({ clients }) => clients === null || clients.rollsBack === true,
  ),
  rule(
    'APIGateway.8',
    'anyone may send download jobs',
    ({ clients }) => clients === null || clients.authorization === 'AWS_IAM',
  ),
];

function everyDisk({ compute }: InfrastructureModel): boolean {
  // Fargate encrypts the storage of tasks.
  if (compute.instance === null) return true;
  const disks = compute.instance.disks as readonly {
    readonly encrypted: boolean;
  }[];
  return disks.length > 0 && disks.every(disk => disk.encrypted);
}

function noPlainSecret({
  compute,
  clients,
  migration,
}: InfrastructureModel): boolean {
  const agents = (clients?.environment ?? []) as readonly string[];
  const task = migration.environment as readonly string[];
  const service = [
    ...containersOf(compute).flatMap(({ environment }) => environment),
    ...(compute.cluster?.environment ?? []),
  ];
  return !PLAIN_SECRET.test(
    [compute.userData, ...service, ...agents, ...task].join('\n'),
  );
}

interface ContainerFacts {
  readonly readOnly: boolean;
  readonly essential: boolean;
  readonly dropped: readonly string[] | null;
  readonly environment: readonly string[];
}

/** Whether instances run the service themselves. */
function isGroup({ task, cluster }: InfrastructureModel['compute']): boolean {
  return task === null && cluster === null;
}

/** The containers of a task of the service; none on instances and in pods. */
function containersOf({
  task,
}: InfrastructureModel['compute']): readonly ContainerFacts[] {
  return (task?.containers ?? []) as unknown as readonly ContainerFacts[];
}

/** RDS keeps the password of the master user in a secret of its own, which only a role of ECS tasks may read. */
function onlyMigrationIsMaster({ roles }: InfrastructureModel): boolean {
  return roles
    .filter(({ permissions }) =>
      permissions.some(
        line =>
          line.includes('secretsmanager:GetSecretValue') &&
          line.includes('<database>'),
      ),
    )
    .every(({ assumedBy }) => assumedBy.includes('ecs-tasks.amazonaws.com'));
}
