import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InfrastructureModel } from './InfrastructureModel';

/** Statements without resource level in AWS; all others must name their resources. */
const WITHOUT_RESOURCE_LEVEL =
  /^(application-autoscaling|autoscaling|cloudwatch|ec2|ecs|elasticloadbalancing|rds|tag):(Describe|Get|List)\w+$|^ecr:GetAuthorizationToken$|^ssm:UpdateInstanceInformation$|^ssmmessages:\w+$/;

/** The service's default; the infrastructure does not set it. */
const SHUTDOWN_DRAIN_MS = Number(
  /SHUTDOWN_DRAIN_MS: durationMs\(([\d_]+)\)/
    .exec(
      readFileSync(
        path.resolve(__dirname, '../../core/src/config/config.ts'),
        'utf8',
      ),
    )![1]
    .replaceAll('_', ''),
);

/** Checks rules that every plan must follow, whatever the options. Returns the violated ones in words. */
export function findViolations(model: InfrastructureModel): string[] {
  const rules: [boolean, string][] = [
    [model.untagged.length === 0, `untagged: ${model.untagged.join(', ')}`],
    [model.database.encrypted === true, 'the database is not encrypted'],
    [model.database.public === false, 'the database has a public address'],
    [
      model.database.multiZone === true,
      'the database has no standby in a second zone',
    ],
    [
      model.database.managedPassword === true,
      "the database's password is not managed by RDS",
    ],
    [
      model.cache === null ||
        (model.cache.encrypted === true && model.cache.tls === true),
      'the cache is not encrypted',
    ],
    [
      model.compute.instance.metadataTokens === 'required',
      'instances answer metadata requests without a token (IMDSv1)',
    ],
    [
      model.compute.instance.publicAddress === false,
      'instances have public addresses',
    ],
    [everyDisk(model), 'a disk is not encrypted'],
    [
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
      !(
        model.compute.replacement.rollsBack &&
        String(model.compute.instance.image).startsWith('resolve:ssm:')
      ),
      'an instance refresh cannot roll back to a machine image from a parameter',
    ],
    [
      model.entry.target.checkPath === '/healthz/serving',
      'the load balancer does not check whether instances serve',
    ],
    [
      noticedAfterMs(model) < SHUTDOWN_DRAIN_MS,
      `the load balancer notices a draining instance after ${noticedAfterMs(
        model,
      )} ms, when it has stopped`,
    ],
    [
      model.buckets.every(bucket => bucket.public === false),
      'a bucket can be made public',
    ],
    [
      model.buckets.every(bucket => bucket.tlsOnly === true),
      'a bucket can be reached without TLS',
    ],
    [
      model.queues.every(
        queue => queue.encrypted === true && queue.tlsOnly === true,
      ),
      'a queue is not encrypted',
    ],
    [
      model.logGroups.every(group => group.key === '<key>'),
      'a log group is not encrypted',
    ],
    [model.notifications.key === '<key>', 'the topic is not encrypted'],
    [model.keyRotation, 'a key is not rotated'],
    [model.network.defaultGroupClosed, 'the default security group is open'],
    [
      model.network.subnets.every(subnet => !subnet.publicAddresses),
      'a subnet assigns public addresses',
    ],
    [
      onlyWebFromInternet(model),
      'more than HTTP(S) of the load balancer is open to the internet',
    ],
    [
      model.entry.listeners.every(
        ({ protocol, action }) => protocol === 'HTTPS' || action === 'redirect',
      ),
      'a listener serves plain HTTP',
    ],
  ];
  const publishes = model.roles.some(role =>
    role.permissions.some(line => line.includes('cloudwatch:PutMetricData')),
  );
  const usesOwnMetric = model.scaling.some(policy =>
    policy.metric?.includes('CloudTrace/Service'),
  );
  if (publishes !== usesOwnMetric) {
    rules.push([
      false,
      publishes
        ? 'instances may publish metrics that nothing reads'
        : 'scaling reads a metric that instances may not publish',
    ]);
  }
  return [
    ...rules.filter(([holds]) => !holds).map(([, message]) => message),
    ...model.roles.flatMap(role =>
      role.permissions.flatMap(permissionProblems),
    ),
  ];
}

/** Longest time until the load balancer sends nothing more to an instance that fails its check. */
function noticedAfterMs({ entry: { target } }: InfrastructureModel): number {
  const { checkIntervalSeconds, checkTimeoutSeconds, unhealthyAfter } = target;
  return (
    (Number(checkIntervalSeconds) * Number(unhealthyAfter) +
      Number(checkTimeoutSeconds)) *
    1000
  );
}

function everyDisk({ compute }: InfrastructureModel): boolean {
  const disks = compute.instance.disks as readonly {
    readonly encrypted: boolean;
  }[];
  return disks.length > 0 && disks.every(disk => disk.encrypted);
}

function onlyWebFromInternet({ connections }: InfrastructureModel): boolean {
  return connections
    .filter(line => line.startsWith('in  internet'))
    .every(line => /^in {2}internet -> load-balancer tcp (80|443)$/.test(line));
}

function permissionProblems(line: string): string[] {
  const [effect, action, resource] = line.split(' ');
  if (effect !== 'Allow') return [];
  if (action.includes('*')) return [`wildcard action: ${line}`];
  // Has no resource level, but a condition instead.
  if (action === 'cloudwatch:PutMetricData') {
    return line.includes('"cloudwatch:namespace"')
      ? []
      : [`metrics in any namespace: ${line}`];
  }
  return resource === '*' && !WITHOUT_RESOURCE_LEVEL.test(action)
    ? [`wildcard resource: ${line}`]
    : [];
}
