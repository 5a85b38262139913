import { readFileSync, writeFileSync } from 'node:fs';
import { ClusterStandIn } from './ClusterStandIn';
import {
  CommandServer,
  parseAwsCommand,
  printAwsResponse,
} from './CommandServer';

const MINIMUM = 2;
const MIGRATION_TASK = 'arn:aws:ecs:task/migration';

interface Rollout {
  id: string;
  image: string;
  succeeded: boolean;
}

/** What was deployed to one environment. */
class Environment {
  /** The image that the infrastructure names. */
  applied?: string;
  confirmed?: string;
  desiredCount = 0;
  workerCount = 0;
  /** The image that the workers run. */
  workerImage?: string;
  /** Newest first. */
  readonly rollouts: Rollout[] = [];

  get runningImage(): string | undefined {
    return this.rollouts.find(({ succeeded }) => succeeded)?.image;
  }
}

/**
 * Stand-ins of `aws`, `terraform`, `npm`, `npx` (the CDK), `curl`, `kubectl` and `helm` for `scripts/ci/deploy.sh`,
 * without any process behind them: rollouts end at once, and a test chooses what fails.
 */
export class DeploymentStandIn {
  /** What changed the cloud, in order. */
  readonly steps: string[] = [];
  readonly environments = new Map<string, Environment>();
  /** Images whose instances do not get healthy. */
  readonly brokenImages = new Set<string>();
  /** Images whose workers do not get healthy. */
  readonly brokenWorkers = new Set<string>();
  /** The cluster, if the service runs on Kubernetes. */
  readonly cluster?: ClusterStandIn;
  migrationExitCode = 0;
  migrationHangs = false;
  /** Whether AWS refuses to describe rollouts. */
  deniesRollouts = false;
  /** Whether AWS refuses to store secrets. */
  deniesSecrets = false;
  readonly #server = new CommandServer((program, args) =>
    this.#answer(program, args),
  );
  #environment = 'production';
  #registeredImage = '';
  #rolloutCount = 0;

  constructor(compute: string) {
    if (compute !== 'kubernetes') return;
    this.cluster = new ClusterStandIn(() => ({
      revisions: this.state().rollouts,
      isBroken: image => this.brokenImages.has(image),
      rollOut: image => this.#rollOut(image),
    }));
  }

  /** Puts the commands into a folder for the PATH. @returns the environment that they need */
  install(folder: string): Promise<Record<string, string>> {
    return this.#server.install(folder, [
      'aws',
      'terraform',
      'npm',
      'npx',
      'curl',
      'kubectl',
      'helm',
    ]);
  }

  dispose(): Promise<void> {
    return this.#server.dispose();
  }

  /** State of an environment, by default of the one that was used last. */
  state(name = this.#environment): Environment {
    const found = this.environments.get(name) ?? new Environment();
    this.environments.set(name, found);
    return found;
  }

  /** Applies an image as a deployment would that is interrupted afterwards. */
  apply(image: string, instances = true): void {
    const state = this.state();
    const isNew = state.applied === undefined;
    const changes = state.applied !== image || state.rollouts.length === 0;
    state.applied = image;
    this.cluster?.applyInfrastructure();
    if (!instances) {
      this.steps.push(isNew ? 'create infrastructure' : 'remove all instances');
      return;
    }
    // Infrastructure contains the instances, but not what runs in a cluster.
    if (changes && !this.cluster) this.#rollOut(image);
    // Otherwise ECS returns to the last version that got healthy.
    if (!this.brokenWorkers.has(image)) state.workerImage = image;
  }

  #rollOut(image: string): void {
    this.steps.push(`roll out ${image}`);
    this.#rolloutCount += 1;
    this.state().rollouts.unshift({
      id: `${this.cluster ? '' : 'ecs-svc/'}${this.#rolloutCount}`,
      image,
      succeeded: !this.brokenImages.has(image),
    });
  }

  #answer(program: string, args: string[]): string {
    switch (program) {
      case 'npm':
        return '';
      case 'curl':
        return this.#curl(args.at(-1) ?? '');
      case 'kubectl':
      case 'helm':
        return this.cluster!.answer(program, args);
      case 'terraform':
        return this.#terraform(args.filter(arg => !/^-chdir/.test(arg)));
      case 'npx':
        return this.#cdk(args.slice(2));
      default:
        return this.#aws(args);
    }
  }

  #curl(url: string): string {
    const image = this.state().runningImage ?? '';
    return url.endsWith('/healthz/serving')
      ? `{"imageDigest":"${image.split('@')[1]}"}`
      : 'ready';
  }

  #terraform([command, ...rest]: string[]): string {
    const text = rest.join(' ');
    this.#environment =
      /environments\/(\w+)\./.exec(text)?.[1] ?? this.#environment;
    if (command === 'init') return '';
    if (command === 'output') return this.#output(rest[1]);
    if (command !== 'apply') throw new Error(`terraform ${command} ${text}`);
    this.apply(
      /image=(\S+)/.exec(text)?.[1] ?? '',
      text.includes('instances_enabled=true'),
    );
    return '';
  }

  #cdk([command, ...rest]: string[]): string {
    const text = rest.join(' ');
    if (command !== 'deploy') throw new Error(`cdk ${command} ${text}`);
    this.#environment = /environment=(\w+)/.exec(text)?.[1] ?? '';
    this.apply(
      /image=(\S+)/.exec(text)?.[1] ?? '',
      text.includes('instancesEnabled=true'),
    );
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

  #outputs(): Record<string, string> {
    const name = `orders-${this.#environment}`;
    return {
      service_url: 'https://orders.example.com',
      auto_scaling_group_name: name,
      ecs_cluster_name: `${name}-service`,
      eks_cluster_name: name,
      service_environment_parameter: `/${name}/service-environment`,
      min_pods: '2',
      max_pods: '6',
      target_group_arn: 'arn:aws:elasticloadbalancing:target-group',
      ecs_service_name: name,
      image: this.state().applied ?? '',
      ingest_token_secret_arn: 'arn:aws:secretsmanager:token',
      migration_cluster: `${name}-migration`,
      migration_task_definition: `${name}-migration:1`,
      migration_subnets: 'subnet-1,subnet-2',
      migration_security_group: 'sg-1',
      worker_cluster: `${name}-worker`,
      worker_service: `${name}-worker`,
      worker_task_definition: workerTask(this.state().applied),
    };
  }

  #output(name: string): string {
    if (this.state().applied === undefined) throw new Error('no outputs');
    return this.#outputs()[name];
  }

  #aws(args: string[]): string {
    const { command, options } = parseAwsCommand(args);
    return printAwsResponse(this.#awsResponse(command, options), options);
  }

  #awsResponse(command: string, options: Map<string, string>): unknown {
    const state = this.state();
    const [newest] = state.rollouts;
    switch (command) {
      case 'eks describe-cluster':
        return {
          cluster: {
            endpoint: 'https://cluster.example.com',
            certificateAuthority: { data: 'Q0E=' },
            resourcesVpcConfig: { vpcId: 'vpc-1' },
          },
        };
      case 'eks get-token':
        return { status: { token: this.cluster!.issueToken() } };
      case 'ec2 describe-vpcs':
        return {
          Vpcs: [
            {
              CidrBlockAssociationSet: [
                {
                  CidrBlock: '10.0.0.0/16',
                  CidrBlockState: { State: 'associated' },
                },
              ],
            },
          ],
        };
      case 'ssm get-parameter':
        if (options.get('--name')!.endsWith('/service-environment')) {
          return { Parameter: { Value: '{"DATABASE_HOST":"db.example.com"}' } };
        }
        this.#environment = /orders-(\w+)/.exec(options.get('--name')!)![1];
        if (!this.state().confirmed) throw new Error('ParameterNotFound');
        return { Parameter: { Value: this.state().confirmed } };
      case 'ssm put-parameter':
        state.confirmed = options.get('--value');
        return {};
      case 'cloudformation describe-stacks':
        this.#environment = options.get('--stack-name')!.split('-')[1];
        if (this.state().applied === undefined) {
          throw new Error('Stack does not exist');
        }
        return {
          Stacks: [
            {
              Outputs: Object.entries(this.#outputs()).map(([key, value]) => ({
                OutputKey: key.replaceAll('_', ''),
                OutputValue: value,
              })),
            },
          ],
        };
      case 'ecs describe-task-definition':
        return {
          taskDefinition: {
            family: 'orders-migration',
            revision: 1,
            containerDefinitions: [{ name: 'migration', image: 'earlier' }],
          },
        };
      case 'ecs register-task-definition':
        return { taskDefinition: this.#register(options) };
      case 'ecs run-task':
        this.steps.push(`migrate ${this.#registeredImage}`);
        return { tasks: [{ taskArn: MIGRATION_TASK }] };
      case 'ecs describe-tasks':
        return {
          tasks: [
            {
              lastStatus: this.migrationHangs ? 'RUNNING' : 'STOPPED',
              containers: [{ exitCode: this.migrationExitCode }],
            },
          ],
        };
      case 'ecs stop-task':
        this.steps.push('stop migration');
        return {};
      case 'ecs describe-services':
        if (this.deniesRollouts) throw new Error('AccessDeniedException');
        return {
          services: [
            isWorker(options) ? workerService(state) : this.#service(state),
          ],
        };
      case 'ecs update-service':
        if (isWorker(options)) {
          state.workerCount = Number(options.get('--desired-count'));
          this.steps.push(`start ${state.workerCount} workers`);
        } else if (options.has('--force-new-deployment')) {
          this.#rollOut(newest.image);
        } else {
          state.desiredCount = Number(options.get('--desired-count'));
          this.steps.push(`start ${state.desiredCount} tasks`);
        }
        return {};
      case 'application-autoscaling describe-scalable-targets':
        return { ScalableTargets: [{ MinCapacity: MINIMUM }] };
      case 'autoscaling describe-instance-refreshes':
        if (this.deniesRollouts) throw new Error('AccessDeniedException');
        return { InstanceRefreshes: this.#refreshes(state) };
      case 'autoscaling start-instance-refresh':
        this.#rollOut(newest.image);
        return {};
      case 'secretsmanager put-secret-value':
        this.steps.push(
          `store ${readFileSync(
            options.get('--secret-string')!.replace('file://', ''),
            'utf8',
          )}`,
        );
        if (this.deniesSecrets) throw new Error('AccessDeniedException');
        return {};
      case 'ecr batch-get-image':
        return { images: [{ imageManifest: '{}' }] };
      case 'ecr put-image':
        this.steps.push(`tag ${options.get('--image-tag')}`);
        return {};
      default:
        throw new Error(`aws ${command} is not known`);
    }
  }

  /** As ECS registers it: with every field that it adds refused. */
  #register(options: Map<string, string>): unknown {
    const file = options.get('--cli-input-json')!.replace('file://', '');
    const input = JSON.parse(readFileSync(file, 'utf8'));
    if (input.revision) throw new Error('Unknown parameter: "revision"');
    this.#registeredImage = input.containerDefinitions[0].image;
    return { taskDefinitionArn: 'arn:aws:ecs:task-definition/2' };
  }

  #service(state: Environment): unknown {
    return {
      desiredCount: state.desiredCount,
      deployments: state.rollouts.map(({ id, succeeded }, index) => ({
        id,
        status: index === 0 ? 'PRIMARY' : 'ACTIVE',
        rolloutState: succeeded ? 'COMPLETED' : 'FAILED',
        rolloutStateReason: 'Tasks did not get healthy.',
      })),
    };
  }

  /** A group without instances has nothing to refresh, so the first rollout is none. */
  #refreshes(state: Environment): unknown[] {
    return state.rollouts.slice(0, -1).map(({ id, succeeded }) => ({
      InstanceRefreshId: id,
      Status: succeeded ? 'Successful' : 'Failed',
      StatusReason: 'Instances did not get healthy.',
    }));
  }
}

const isWorker = (options: Map<string, string>) =>
  options.get('--cluster')?.endsWith('-worker');

const workerTask = (image?: string) => `arn:aws:ecs:task-definition/${image}`;

function workerService({ workerCount, workerImage }: Environment): unknown {
  return {
    desiredCount: workerCount,
    deployments: [
      {
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        taskDefinition: workerTask(workerImage),
      },
    ],
  };
}
