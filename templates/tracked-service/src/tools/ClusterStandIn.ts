import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAwsCommand } from './CommandServer';
import { HelmStandIn } from './HelmStandIn';

/** A version of the Deployment. */
export interface Revision {
  id: string;
  image: string;
  succeeded: boolean;
}

/** What the cluster runs, and how it starts another image. */
export interface ClusterState {
  /** Newest first. */
  readonly revisions: readonly Revision[];
  isBroken(image: string): boolean;
  rollOut(image: string): void;
}

/** Stand-ins of `kubectl` and `helm`, without an API server behind them: a rollout ends at once. */
export class ClusterStandIn {
  /** What changed the cluster besides rollouts, in order. */
  readonly steps: string[] = [];
  /** Why the API server answers nothing, as kubectl words it. */
  unreachable?: string;
  /** Whether the settings of the commit let the run reach the API server. */
  opensWithInfrastructure = false;
  /** Whether the API server rejects what it should apply. */
  rejectsManifests = false;
  /** Whether the API server does not let anybody read the Deployment. */
  deniesReading = false;
  /** Whether the API server does not let anybody list pods. */
  deniesPods = false;
  /** Whether the Deployment has no pods. */
  hasNoPods = false;
  /** A further pod, with its image. */
  strayPod?: string;
  /** A pod that its node evicted, with its image: its phase is Failed. */
  evictedPod?: string;
  /** Whether AWS issues no credential. */
  deniesToken = false;
  /** AWS issues no credential after a command of kubectl with this argument. */
  deniesTokenAfter?: string;
  /** Definitions of custom resources that are being deleted. */
  readonly endedDefinitions: string[] = [];
  /** What the manifests of the commit are besides the image. */
  manifests = 'first manifests';
  /** Manifests whose pods do not get ready. */
  readonly brokenManifests = new Set<string>();
  readonly helm = new HelmStandIn(this.steps);
  readonly #namespaces = new Set<string>();
  /** By namespace. */
  readonly #confirmed = new Map<string, string>();
  /** What was applied, by the revision that it started. */
  readonly #applied = new Map<string, string>();
  #lastArguments: readonly string[] = [];
  readonly #state: () => ClusterState;

  constructor(state: () => ClusterState) {
    this.#state = state;
  }

  answer(program: string, args: string[]): string {
    return program === 'helm' ? this.helm.answer(args) : this.#kubectl(args);
  }

  /** What a change of the infrastructure does to the cluster. */
  applyInfrastructure(): void {
    if (this.opensWithInfrastructure) this.unreachable = undefined;
  }

  /** The manifests that the newest revision is of. */
  runningManifests(): string {
    return this.#applied.get(this.#state().revisions[0].id) ?? '';
  }

  /** @throws Error if the test denies it. */
  issueToken(): string {
    const denied = this.deniesTokenAfter;
    if (this.deniesToken || (denied && this.#lastArguments.includes(denied))) {
      throw new Error('AccessDeniedException');
    }
    return 'example';
  }

  #kubectl(args: string[]): string {
    this.#lastArguments = args;
    const { command, options } = parseAwsCommand(args);
    if (this.unreachable && command !== 'kustomize') {
      throw new Error(this.unreachable);
    }
    switch (command.split(' ')[0]) {
      case 'kustomize':
        return this.#render(args[1]);
      case 'get':
        return this.#get(command, options);
      case 'create':
        return this.#create(args, options);
      case 'apply':
        return this.#apply(args, options);
      case 'diff':
        return '-  image: earlier\n+  image: later\n';
      case 'rollout':
        return this.#rollout(command, options);
      default:
        throw new Error(`kubectl ${args.join(' ')} is not known`);
    }
  }

  /** Of the manifests, only the image and one line of a test matter. */
  #render(folder: string): string {
    const { images } = JSON.parse(
      readFileSync(join(folder, 'kustomization.yaml'), 'utf8'),
    );
    return `${images[0].newName}@${images[0].digest}\n${this.manifests}\n`;
  }

  #create(args: string[], options: Map<string, string>): string {
    if (args[1] === 'namespace') {
      this.#namespaces.add(args[2]);
      return '';
    }
    // A ConfigMap, which it prints only.
    const file = args.at(-1)!.replace('--from-file=', '');
    return `ConfigMap ${options.get('--namespace')}\n${readFileSync(
      file,
      'utf8',
    )}`;
  }

  #get(command: string, options: Map<string, string>): string {
    const [newest] = this.#state().revisions;
    const output = options.get('--output') ?? '';
    if (options.get('--raw') === '/readyz') return 'ok';
    if (command === 'get namespace' || command.startsWith('get namespace ')) {
      return [...this.#namespaces].map(name => `namespace/${name}\n`).join('');
    }
    if (command.startsWith('get customresourcedefinitions')) {
      return this.endedDefinitions.map(name => `${name}\n`).join('');
    }
    if (command.startsWith('get configmap')) {
      return this.#confirmed.get(options.get('--namespace')!) ?? '';
    }
    if (this.deniesReading) throw new Error('Forbidden');
    if (command.startsWith('get deployment')) {
      if (!newest) return '';
      if (output.includes('revision')) return newest.id;
      return 'ProgressDeadlineExceeded';
    }
    return this.#pods(output, options.get('--field-selector') ?? '');
  }

  #pods(output: string, selected: string): string {
    if (!output.includes('.spec.containers')) return '|CrashLoopBackOff\n';
    if (this.deniesPods) throw new Error('Forbidden');
    if (this.hasNoPods) return '';
    const evicted = selected.includes('status.phase!=Failed')
      ? undefined
      : this.evictedPod;
    return [
      `|orders-1 ${this.#state().revisions[0].image}`,
      '2026-11-30T12:00:00Z|orders-0 earlier@sha256:0',
      ...[this.strayPod, evicted].flatMap(pod => (pod ? [`|${pod}`] : [])),
      '',
    ].join('\n');
  }

  #apply(args: string[], options: Map<string, string>): string {
    const text = readFileSync(options.get('--filename')!, 'utf8');
    if (text.startsWith('definitions of ')) {
      this.steps.push(`update ${text.trim()}`);
      return '';
    }
    // As kubectl, which takes the value of this option only in the same word.
    if (!args.includes('--validate=strict')) {
      throw new Error('Unexpected args, or no strict validation');
    }
    if (this.rejectsManifests) throw new Error('strict decoding error');
    if (args.includes('--dry-run=server')) return '';
    const map = /^ConfigMap (.+)\n([^]*)/.exec(text);
    if (map) {
      this.#confirmed.set(map[1], map[2]);
    } else if (
      !this.#state().revisions[0] ||
      text !== this.runningManifests()
    ) {
      this.#start(text);
    }
    return '';
  }

  #start(text: string): void {
    this.#state().rollOut(text.split('\n')[0]);
    const [newest] = this.#state().revisions;
    this.#applied.set(newest.id, text);
    newest.succeeded = !this.#isBroken(newest);
  }

  #isBroken({ id, image }: Revision): boolean {
    return (
      this.#state().isBroken(image) ||
      this.brokenManifests.has(this.#applied.get(id)!.split('\n')[1])
    );
  }

  #rollout(command: string, options: Map<string, string>): string {
    if (command === 'rollout undo') {
      const id = options.get('--to-revision')!;
      this.steps.push(`undo to ${id}`);
      this.#start(this.#applied.get(id)!);
      return '';
    }
    const [newest] = this.#state().revisions;
    if (this.#isBroken(newest)) throw new Error('exceeded its deadline');
    newest.succeeded = true;
    return '';
  }
}
