import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CommandServer,
  parseAwsCommand,
  printAwsResponse,
} from './CommandServer';
import type { CrashingPostgres } from './CrashingPostgres';
import { DrilledCluster } from './DrilledCluster';
import { FIRST_IMAGE, type LoadedService } from './LoadedService';

const DETECTED_AFTER_MS = 3000;
/** Longer than the service waits for its database (DATABASE_RETRY_BUDGET_MS), so that callers notice. */
const DATABASE_AWAY_MS = 10_000;
const START_LIMIT_MS = 60_000;
const MIGRATION_TASK = 'arn:aws:ecs:task/migration';

interface GroupInstance {
  InstanceId: string;
  AvailabilityZone: string;
  LifecycleState: 'Pending' | 'InService' | 'Terminating';
}

interface InstanceRefresh {
  InstanceRefreshId: string;
  Status: 'InProgress' | 'Successful' | 'Failed';
  PercentageComplete: number;
  StatusReason?: string;
}

/**
 * Replaces the commands `aws`, `terraform`, `kubectl` and `cdk` (with the `npm ci` before it) in a deployment or a drill: it breaks
 * local processes instead of AWS resources. The Auto Scaling group replaces a terminated instance, and the database
 * comes back after its failover.
 *
 * Queries are evaluated like in the AWS CLI (JMESPath), and printed as its text output.
 */
export class AwsCommandStandIn {
  /** Commands that were run, without their common options. */
  readonly commands: string[] = [];
  /** The same instances as pods. */
  readonly cluster: DrilledCluster;
  readonly #service: LoadedService;
  readonly #database: CrashingPostgres;
  readonly #instances: GroupInstance[];
  /** Newest first. */
  readonly #refreshes: InstanceRefresh[] = [];
  #image = FIRST_IMAGE;
  #confirmedImage?: string;
  #migrationExitCode = 0;
  readonly #server = new CommandServer((program, args) =>
    this.#answer(program, args),
  );
  #repairs: Promise<void> = Promise.resolve();

  constructor(service: LoadedService, database: CrashingPostgres) {
    this.#service = service;
    this.#database = database;
    this.#instances = service.instances.map((_, index) => ({
      InstanceId: `i-${index}-0`,
      AvailabilityZone: `zone-${index}`,
      LifecycleState: 'InService',
    }));
    this.cluster = new DrilledCluster(this.#instances, id =>
      this.#terminate(id),
    );
  }

  /** Puts the commands into a folder for the PATH. @returns the environment that they need */
  install(folder: string): Promise<Record<string, string>> {
    return this.#server.install(folder, [
      'aws',
      'terraform',
      'kubectl',
      'npm',
      'npx',
    ]);
  }

  /** Waits until everything that was broken has recovered. */
  async settle(): Promise<void> {
    await this.#repairs;
  }

  async dispose(): Promise<void> {
    await this.settle();
    await this.#server.dispose();
  }

  async #answer(program: string, args: string[]): Promise<string> {
    if (program === 'terraform') {
      return this.#terraform(args.filter(arg => !arg.startsWith('-chdir=')));
    }
    if (program === 'npm') return '';
    if (program === 'kubectl') return this.cluster.answer(args);
    if (program === 'npx') return this.#cdk(args.slice(2));
    const { command, options } = parseAwsCommand(args);
    this.commands.push(command);
    return printAwsResponse(await this.#aws(command, options), options);
  }

  async #terraform([command, ...rest]: string[]): Promise<string> {
    if (command === 'init') {
      return '';
    }
    if (command === 'apply') {
      const image = rest.find(arg => arg.startsWith('image='))?.slice(6) ?? '';
      await this.#apply(image);
      return '';
    }
    const value = command === 'output' ? this.#outputs()[rest[1]] : undefined;
    if (!value) {
      throw new Error(`terraform ${command} ${rest.join(' ')} is not known`);
    }
    return value;
  }

  async #cdk([command, ...rest]: string[]): Promise<string> {
    if (command !== 'deploy') throw new Error(`cdk ${command} is not known`);
    const image = rest.find(arg => arg.startsWith('image='))?.slice(6) ?? '';
    await this.#apply(image);
    writeFileSync(
      rest[rest.indexOf('--outputs-file') + 1],
      JSON.stringify({
        Service: Object.fromEntries(
          Object.entries(this.#outputs()).map(([name, value]) => [
            name.replaceAll('_', ''),
            value,
          ]),
        ),
      }),
    );
    return '';
  }

  /** Outputs of the infrastructure, whatever created it. */
  #outputs(): Record<string, string> {
    return {
      service_url: this.#service.url,
      auto_scaling_group_name: 'orders-staging',
      ecs_cluster_name: 'orders-staging-service',
      ecs_service_name: 'orders-staging',
      eks_cluster_name: 'orders-staging',
      database_identifier: 'orders-staging',
      image: this.#image,
      migration_cluster: 'orders-staging-migration',
      migration_task_definition: `orders-staging-migration:${this.#image}`,
      migration_subnets: 'subnet-1,subnet-2',
      migration_security_group: 'sg-1',
    };
  }

  /** Starts an instance refresh if the image is another one; a broken image never gets healthy. */
  async #apply(image: string): Promise<void> {
    if (image === this.#image) return;
    this.#image = image;
    const refresh: InstanceRefresh = {
      InstanceRefreshId: `ecs-svc/${this.#refreshes.length}`,
      Status: 'InProgress',
      PercentageComplete: 0,
    };
    this.#refreshes.unshift(refresh);
    this.#repair(async () => {
      await delay(DETECTED_AFTER_MS);
      if (image.includes('broken')) {
        refresh.StatusReason = 'New instances did not become healthy.';
        refresh.Status = 'Failed';
        return;
      }
      for (const [index, { InstanceId }] of this.#instances.entries()) {
        await this.#service.killInstance(index);
        this.#service.startInstance(index, InstanceId, image);
        await this.#service.waitForInstance(index, START_LIMIT_MS);
      }
      refresh.PercentageComplete = 100;
      refresh.Status = 'Successful';
    });
  }

  async #aws(
    command: string,
    options: Map<string, string>,
  ): Promise<Record<string, unknown>> {
    switch (command) {
      case 'autoscaling describe-auto-scaling-groups':
        return { AutoScalingGroups: [{ Instances: this.#instances }] };
      case 'autoscaling terminate-instance-in-auto-scaling-group':
        if (!options.has('--no-should-decrement-desired-capacity')) {
          throw new Error('The group would not replace the instance');
        }
        await this.#terminate(options.get('--instance-id') ?? '');
        return { Activity: {} };
      case 'cloudformation describe-stacks':
        return {
          Stacks: [
            {
              Outputs: Object.entries(this.#outputs()).map(([name, value]) => ({
                OutputKey: name.replaceAll('_', ''),
                OutputValue: value,
              })),
            },
          ],
        };
      case 'autoscaling describe-instance-refreshes':
        return { InstanceRefreshes: this.#refreshes };
      case 'eks describe-cluster':
        return {
          cluster: {
            endpoint: 'https://cluster.example.com',
            certificateAuthority: { data: 'Q0E=' },
          },
        };
      case 'eks get-token':
        return { status: { token: 'example' } };
      case 'ssm get-parameter':
        if (!this.#confirmedImage) throw new Error('ParameterNotFound');
        return { Parameter: { Value: this.#confirmedImage } };
      case 'ssm put-parameter':
        this.#confirmedImage = options.get('--value');
        return {};
      case 'ecs describe-task-definition':
        return { taskDefinition: { containerDefinitions: [{}] } };
      case 'ecs register-task-definition':
        return { taskDefinition: { taskDefinitionArn: 'arn:aws:ecs:task:1' } };
      case 'ecs run-task':
        this.#migrationExitCode = await this.#service.migrate();
        return { tasks: [{ taskArn: MIGRATION_TASK }] };
      case 'application-autoscaling describe-scalable-targets':
        return { ScalableTargets: [{ MinCapacity: this.#instances.length }] };
      case 'ecs describe-services':
        return {
          services: [
            {
              deployments: this.#deployments(),
              desiredCount: this.#instances.length,
            },
          ],
        };
      case 'ecs list-tasks':
        return { taskArns: this.#tasks().map(({ taskArn }) => taskArn) };
      case 'ecs describe-tasks':
        return options.get('--tasks') === MIGRATION_TASK
          ? {
              tasks: [
                {
                  lastStatus: 'STOPPED',
                  containers: [{ exitCode: this.#migrationExitCode }],
                },
              ],
            }
          : { tasks: this.#tasks() };
      case 'ecs stop-task':
        await this.#terminate((options.get('--task') ?? '').split('/')[1]);
        return { task: {} };
      case 'rds reboot-db-instance':
        if (!options.has('--force-failover')) {
          throw new Error('This is not a failover');
        }
        await this.#database.kill();
        this.#repair(async () => {
          await delay(DATABASE_AWAY_MS);
          await this.#database.restart();
        });
        return {};
      case 'rds wait db-instance-available':
        await this.settle();
        return {};
      default:
        throw new Error(`aws ${command} is not known`);
    }
  }

  /** The same instances and rollouts, as ECS describes them. A failed rollout is followed by one back. */
  #deployments(): Record<string, unknown>[] {
    const rollouts = this.#refreshes.map(
      ({ InstanceRefreshId, Status, StatusReason }) => ({
        id: InstanceRefreshId,
        rolloutState: {
          InProgress: 'IN_PROGRESS',
          Successful: 'COMPLETED',
          Failed: 'FAILED',
        }[Status],
        rolloutStateReason: StatusReason,
        runningCount: this.#instances.length,
        desiredCount: this.#instances.length,
      }),
    );
    return rollouts.map((rollout, index) => ({
      ...rollout,
      status: index === 0 ? 'PRIMARY' : 'ACTIVE',
    }));
  }

  #tasks() {
    return this.#instances.map(
      ({ InstanceId, AvailabilityZone, LifecycleState }) => ({
        taskArn: `arn:aws:ecs:task/${InstanceId}`,
        availabilityZone: AvailabilityZone,
        lastStatus: LifecycleState === 'InService' ? 'RUNNING' : 'PENDING',
      }),
    );
  }

  async #terminate(id: string): Promise<void> {
    const index = this.#instances.findIndex(
      instance => instance.InstanceId === id,
    );
    if (index < 0) {
      throw new Error(`Unknown instance ${id}`);
    }
    const instance = this.#instances[index];
    instance.LifecycleState = 'Terminating';
    await this.#service.killInstance(index);
    this.#repair(async () => {
      await delay(DETECTED_AFTER_MS);
      const [, , generation] = id.split('-');
      instance.InstanceId = `i-${index}-${Number(generation) + 1}`;
      instance.LifecycleState = 'Pending';
      this.#service.startInstance(index, instance.InstanceId);
      await this.#service.waitForInstance(index, START_LIMIT_MS);
      instance.LifecycleState = 'InService';
    });
  }

  #repair(body: () => Promise<void>): void {
    this.#repairs = Promise.all([this.#repairs, body()]).then(() => {});
  }
}
