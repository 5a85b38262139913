import type { Service, Task } from '@aws-sdk/client-ecs';
import {
  groupBy,
  wordTexts,
  type FleetInstance,
  type FleetInstanceState,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import {
  type CollectContext,
  isFresh,
  listFor,
  readAt,
} from '../region/CollectContext';
import { collectEcsScaling, type EcsScaling } from './collectEcsScaling';
import { serviceEventActivities } from './ecsServiceEvents';

const SERVICES_PER_CALL = 10;
const TASKS_PER_CALL = 100;

/** Reads ECS services with their tasks, scaling and events. */
export async function collectEcsServices(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<void> {
  const [services, scaling] = await Promise.all([
    describeServices(ctx, resources),
    collectEcsScaling(ctx, resources),
  ]);
  await Promise.all(
    resources.map(async resource => {
      const service = services.get(resource.name);
      if (!service) return;
      const targetGroups = (service.loadBalancers ?? [])
        .map(balancer => balancer.targetGroupArn)
        .filter((arn): arn is string => Boolean(arn));
      ctx.memory.ecsTargetGroups.set(resource.id, targetGroups);
      const instances = await readTasks(ctx, resource, service);
      const { limits, activities } = scaling.get(resource.name) ?? {};
      const desired = service.desiredCount ?? 0;
      const events = serviceEventActivities(service.events ?? []);
      ctx.reports.update(resource.id, {
        ...(instances && {
          instances,
          readAt: { instances: readAt(ctx.memory.ecsTasks.get(resource.id)) },
        }),
        // Both are history that only grows, so one without the other is still
        // correct; an empty result means "none" only if both were read.
        activities:
          activities || events.length > 0
            ? [...(activities ?? []), ...events]
            : undefined,
        group: {
          name: resource.name,
          capacity: {
            ...capacityLimits(limits, desired),
            desired,
            inService: service.runningCount ?? 0,
            pending: service.pendingCount ?? 0,
          },
          suspendedProcesses: limits === 'none' ? [] : limits?.suspended,
          healthCheckGraceMs:
            (service.healthCheckGracePeriodSeconds ?? 0) * 1000,
        },
      });
    }),
  );
}

/** A service that is not registered with Application Auto Scaling has a fixed size. */
function capacityLimits(limits: EcsScaling['limits'], desired: number) {
  if (limits === 'none') return { min: desired, max: desired };
  return { min: limits?.min, max: limits?.max };
}

function clusterOf(resource: FleetResource): string {
  return resource.name.split('/')[0];
}

async function describeServices(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<Map<string, Service>> {
  const found = new Map<string, Service>();
  const batches = [...groupBy(resources, clusterOf)].flatMap(
    ([cluster, members]) =>
      chunk(members, SERVICES_PER_CALL).map(batch => ({ cluster, batch })),
  );
  await Promise.all(
    batches.map(({ cluster, batch }) =>
      ctx.reports.attempt(
        batch.map(r => r.id),
        async () => {
          const answer = await ctx.api.call(awsCalls.describeServices, {
            cluster,
            services: batch.map(r => r.name.split('/')[1]),
          });
          for (const service of answer.services ?? []) {
            found.set(`${cluster}/${service.serviceName}`, service);
          }
          for (const { id, name } of batch.filter(r => !found.has(r.name))) {
            ctx.reports.problem([id], {
              code: 'not-found',
              ...wordTexts({
                message: { code: 'aws-gone-ecs-service', values: { name } },
                nextStep: { code: 'aws-gone-next', values: {} },
              }),
            });
          }
        },
      ),
    ),
  );
  return found;
}

async function readTasks(
  ctx: CollectContext,
  resource: FleetResource,
  service: Service,
): Promise<FleetInstance[] | undefined> {
  const fingerprint = JSON.stringify([
    service.runningCount,
    service.pendingCount,
    service.desiredCount,
    service.events?.[0]?.id,
    (service.deployments ?? []).map(d => [d.id, d.rolloutState]),
  ]);
  const remembered = ctx.memory.ecsTasks.get(resource.id);
  if (
    remembered?.value.fingerprint === fingerprint &&
    isFresh(ctx, remembered) &&
    !ctx.isHinted(resource.id)
  ) {
    return remembered.value.instances;
  }
  return ctx.reports.attempt([resource.id], async () => {
    const cluster = clusterOf(resource);
    const arns = await listFor(ctx, [resource.id], awsCalls.listTasks, {
      cluster,
      serviceName: service.serviceName,
      maxResults: TASKS_PER_CALL,
    });
    const answers = await Promise.all(
      chunk(arns, TASKS_PER_CALL).map(tasks =>
        ctx.api.call(awsCalls.describeTasks, { cluster, tasks }),
      ),
    );
    const tasks = answers.flatMap(answer => answer.tasks ?? []);
    const instances = tasks.map(task => {
      const instance = mapTask(task);
      ctx.memory.ownerOf.set(instance.instanceId, resource.id);
      ctx.memory.addresses.set(instance.instanceId, addressesOf(task));
      return instance;
    });
    ctx.memory.ecsTasks.set(resource.id, {
      readAtMs: ctx.now.getTime(),
      value: { fingerprint, instances },
    });
    return instances;
  });
}

/** The last part of a task's ARN, which the OpenTelemetry detector also uses. */
export function taskId(arn: string | undefined): string {
  return arn?.slice(arn.lastIndexOf('/') + 1) ?? '';
}

function mapTask(task: Task): FleetInstance {
  return {
    instanceId: taskId(task.taskArn),
    zone: task.availabilityZone,
    state: taskState(task.lastStatus),
    vendorState: task.lastStatus,
    instanceType: task.launchType,
    launchedAt: (task.startedAt ?? task.createdAt)?.toISOString(),
  };
}

function addressesOf(task: Task): string[] {
  const interfaces = (task.containers ?? []).flatMap(
    container => container.networkInterfaces ?? [],
  );
  return interfaces
    .flatMap(i => [i.privateIpv4Address, i.ipv6Address])
    .filter((address): address is string => Boolean(address));
}

/** Maps a task's status; new ones become `unknown`. */
export function taskState(status: string | undefined): FleetInstanceState {
  switch (status) {
    case 'PROVISIONING':
    case 'PENDING':
    case 'ACTIVATING':
      return 'pending';
    case 'RUNNING':
      return 'in-service';
    case 'DEACTIVATING':
      return 'draining';
    case 'STOPPING':
    case 'DEPROVISIONING':
      return 'terminating';
    case 'STOPPED':
    case 'DELETED':
      return 'terminated';
    default:
      return 'unknown';
  }
}
