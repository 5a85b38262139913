import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAwsCommand } from './CommandServer';

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
  /** Whether the API server rejects what it should apply. */
  rejectsManifests = false;
  /** Whether the API server does not let anybody read the Deployment. */
  deniesReading = false;
  /** A further pod, with its image. */
  strayPod?: string;
  readonly #charts = new Map<string, string>();
  readonly #namespaces = new Set<string>();
  readonly #state: () => ClusterState;

  constructor(state: () => ClusterState) {
    this.#state = state;
  }

  answer(program: string, args: string[]): string {
    return program === 'helm' ? this.#helm(args) : this.#kubectl(args);
  }

  #helm(args: string[]): string {
    const { options } = parseAwsCommand(args.slice(1));
    if (args[0] === 'list') {
      const release = options.get('--filter')!.slice(1, -1);
      const chart = this.#charts.get(release);
      return JSON.stringify(chart ? [{ name: release, chart }] : []);
    }
    const [, release, chart] = args;
    this.#charts.set(release, `${chart}-${options.get('--version')}`);
    this.steps.push(`install ${this.#charts.get(release)}`);
    return '';
  }

  #kubectl(args: string[]): string {
    const { command, options } = parseAwsCommand(args);
    switch (command.split(' ')[0]) {
      case 'kustomize':
        return render(args[1]);
      case 'get':
        return this.#get(command, options);
      case 'create':
        this.#namespaces.add(args[2]);
        return '';
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

  #get(command: string, options: Map<string, string>): string {
    const [newest] = this.#state().revisions;
    const output = options.get('--output') ?? '';
    if (command === 'get namespace' || command.startsWith('get namespace ')) {
      return [...this.#namespaces].map(name => `namespace/${name}\n`).join('');
    }
    if (this.deniesReading) throw new Error('Forbidden');
    if (command.startsWith('get deployment')) {
      if (!newest) return '';
      if (output.includes('revision')) return newest.id;
      return 'ProgressDeadlineExceeded';
    }
    if (output.includes('.spec.containers')) {
      const stray = this.strayPod ? `|${this.strayPod}\n` : '';
      return `|orders-1 ${newest.image}\n2026-11-30T12:00:00Z|orders-0 earlier@sha256:0\n${stray}`;
    }
    return '|CrashLoopBackOff\n';
  }

  #apply(args: string[], options: Map<string, string>): string {
    // As kubectl, which takes the value of this option only in the same word.
    if (!args.includes('--validate=strict')) {
      throw new Error('Unexpected args, or no strict validation');
    }
    if (this.rejectsManifests) throw new Error('strict decoding error');
    if (args.includes('--dry-run=server')) return '';
    const image = readFileSync(options.get('--filename')!, 'utf8');
    const { revisions, rollOut } = this.#state();
    if (revisions[0]?.image !== image) rollOut(image);
    return '';
  }

  #rollout(command: string, options: Map<string, string>): string {
    const { revisions, isBroken, rollOut } = this.#state();
    if (command === 'rollout undo') {
      const id = options.get('--to-revision');
      this.steps.push(`undo to ${id}`);
      rollOut(revisions.find(revision => revision.id === id)!.image);
      return '';
    }
    const [newest] = revisions;
    if (isBroken(newest.image)) throw new Error('exceeded its deadline');
    newest.succeeded = true;
    return '';
  }
}

/** Of the manifests, only the image matters. */
function render(folder: string): string {
  const { images } = JSON.parse(
    readFileSync(join(folder, 'kustomization.yaml'), 'utf8'),
  );
  return `${images[0].newName}@${images[0].digest}`;
}
