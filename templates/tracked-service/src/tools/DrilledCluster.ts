/** A pod that a drill can end, as the stand-in of AWS knows it. */
export interface DrilledPod {
  readonly InstanceId: string;
  readonly AvailabilityZone: string;
  readonly LifecycleState: string;
}

/** Stand-in of `kubectl` for a drill: local processes are pods, and each zone has one node. */
export class DrilledCluster {
  /** Nodes and zones that take no new pods. */
  readonly closed = new Set<string>();
  readonly #pods: readonly DrilledPod[];
  readonly #end: (name: string) => Promise<void>;

  /** @param end - ends a pod, which is then replaced */
  constructor(
    pods: readonly DrilledPod[],
    end: (name: string) => Promise<void>,
  ) {
    this.#pods = pods;
    this.#end = end;
  }

  async answer(args: readonly string[]): Promise<string> {
    const [command, object] = args;
    const named = args.filter(arg =>
      this.#pods.some(({ InstanceId }) => InstanceId === arg),
    );
    switch (command) {
      case 'get':
        return object === 'endpointslices'
          ? this.#endpoints()
          : nodeOf(this.#pods.find(pod => pod.InstanceId === named[0])!);
      case 'delete':
        await this.#endAll(named);
        return '';
      case 'drain':
        this.closed.add(object);
        await this.#endAll(
          this.#pods
            .filter(pod => nodeOf(pod) === object)
            .map(({ InstanceId }) => InstanceId),
        );
        return '';
      case 'cordon':
        this.closed.add(args.at(-1)!);
        return '';
      case 'uncordon':
        this.closed.delete(args.at(-1)!);
        return '';
      default:
        throw new Error(`kubectl ${args.join(' ')} is not known`);
    }
  }

  #endpoints(): string {
    return this.#pods
      .filter(({ LifecycleState }) => LifecycleState === 'InService')
      .map(pod => `${pod.InstanceId}\t${pod.AvailabilityZone}\n`)
      .join('');
  }

  async #endAll(names: readonly string[]): Promise<void> {
    if (names.length === 0) throw new Error('NotFound');
    await Promise.all(names.map(name => this.#end(name)));
  }
}

const nodeOf = ({ AvailabilityZone }: DrilledPod) => `node-${AvailabilityZone}`;
