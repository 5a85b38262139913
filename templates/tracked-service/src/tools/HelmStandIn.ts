import { parseAwsCommand } from './CommandServer';

interface Release {
  /** The label that the pipeline gives to what it installed. */
  label: string;
  /** Oldest first. */
  revisions: Array<{ revision: number; status: string }>;
}

/** Stand-in of `helm`, with the releases of one cluster. */
export class HelmStandIn {
  /** The settings of each release, such as `region=eu-central-1`. */
  readonly settings = new Map<string, string[]>();
  /** Whether a removal fails. */
  refusesRemoval = false;
  readonly #steps: string[];
  readonly #releases = new Map<string, Release>();

  /** @param steps - gets what changed the cluster */
  constructor(steps: string[]) {
    this.#steps = steps;
  }

  /** Leaves a release as a run does that is killed during a change: with these states of its revisions. */
  interrupt(name: string, statuses: readonly string[]): void {
    this.#releases.set(name, {
      label: '',
      revisions: statuses.map((status, index) => ({
        revision: index + 1,
        status,
      })),
    });
  }

  answer(args: string[]): string {
    const { options } = parseAwsCommand(args.slice(1));
    const [command, name, value] = args;
    switch (command) {
      case 'list':
        return this.#list(options);
      case 'history':
        return JSON.stringify(this.#releases.get(name)!.revisions);
      case 'rollback':
        this.#steps.push(`return ${name} to ${value}`);
        this.#add(name, this.#releases.get(name)!.label);
        return '';
      case 'uninstall':
        if (this.refusesRemoval) throw new Error('context deadline exceeded');
        this.#steps.push(`uninstall ${name}`);
        this.#releases.delete(name);
        return '';
      case 'show':
        return `definitions of ${value}-${options.get('--version')}\n`;
      case 'upgrade':
        this.settings.set(
          name,
          args.filter((_, index) => args[index - 1] === '--set'),
        );
        return this.#upgrade(name, value, options);
      default:
        throw new Error(`helm ${args.join(' ')} is not known`);
    }
  }

  #list(options: Map<string, string>): string {
    const name = options.get('--filter')!.slice(1, -1);
    const release = this.#releases.get(name);
    const status = release?.revisions.at(-1)!.status;
    const isJson = options.get('--output') === 'json';
    const isListed =
      release !== undefined &&
      status !== undefined &&
      listedBy(options).some(state => status.startsWith(state)) &&
      [undefined, release.label].includes(options.get('--selector'));
    if (!isListed) return isJson ? '[]' : '';
    return isJson ? JSON.stringify([{ name, status }]) : `${name}\n`;
  }

  #upgrade(name: string, chart: string, options: Map<string, string>): string {
    const last = this.#releases.get(name)?.revisions.at(-1);
    if (last?.status.startsWith('pending-')) {
      throw new Error('another operation (install/upgrade) is in progress');
    }
    if (last?.status === 'uninstalling') {
      throw new Error(`"${name}" has no deployed releases`);
    }
    this.#add(name, options.get('--labels')!);
    this.#steps.push(`install ${chart}-${options.get('--version')}`);
    return '';
  }

  #add(name: string, label: string): void {
    const revisions = this.#releases.get(name)?.revisions ?? [];
    this.#releases.set(name, {
      label,
      revisions: [
        ...revisions.map(({ revision }) => ({
          revision,
          status: 'superseded',
        })),
        { revision: revisions.length + 1, status: 'deployed' },
      ],
    });
  }
}

/** The states, or beginnings of states, that a list contains. */
function listedBy(options: Map<string, string>): string[] {
  const states = {
    '--deployed': 'deployed',
    '--pending': 'pending-',
    '--uninstalling': 'uninstalling',
  };
  return Object.entries(states)
    .filter(([flag]) => options.has(flag))
    .map(([, state]) => state);
}
