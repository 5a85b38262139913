import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { isDeepStrictEqual } from 'node:util';
import { ClusterClient } from '../client/ClusterClient';
import type { CredentialSource } from '../client/CredentialSource';
import type { WatchTimings } from '../watch/WatchTimings';
import type { WatchedKind } from '../objects/types';
import { WatchedCluster, type ClusterChange } from './WatchedCluster';

/** How often to ask for new and removed clusters. */
const REFRESH_MS = 5 * 60_000;

interface Entry {
  details: ClusterDetails;
  cluster: WatchedCluster;
}

/** The clusters that the supplier names, each with its watches. */
export class ClusterSet {
  readonly #supplier: KubernetesClustersSupplier;
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly #credentials: CredentialSource;
  readonly #logger: LoggerService;
  readonly #timings: Partial<WatchTimings> | undefined;
  readonly #entries = new Map<string, Entry>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #failed = false;
  #onChange: (cluster: WatchedCluster, change: ClusterChange) => void =
    () => {};
  #onState: (cluster: WatchedCluster, kind: WatchedKind) => void = () => {};

  constructor(options: {
    supplier: KubernetesClustersSupplier;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    credentials: CredentialSource;
    logger: LoggerService;
    timings?: Partial<WatchTimings>;
  }) {
    this.#supplier = options.supplier;
    this.#auth = options.auth;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#timings = options.timings;
  }

  /** Whether the list of clusters could not be read. */
  get failed(): boolean {
    return this.#failed;
  }

  list(): WatchedCluster[] {
    return [...this.#entries.values()].map(({ cluster }) => cluster);
  }

  get(name: string): WatchedCluster | undefined {
    return this.#entries.get(name)?.cluster;
  }

  /** Starts the watches and calls back on changes. */
  async start(listeners: {
    onChange: (cluster: WatchedCluster, change: ClusterChange) => void;
    onState: (cluster: WatchedCluster, kind: WatchedKind) => void;
  }): Promise<void> {
    this.#onChange = listeners.onChange;
    this.#onState = listeners.onState;
    this.#timer = setInterval(() => void this.refresh(), REFRESH_MS);
    this.#timer.unref();
    await this.refresh();
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const { cluster } of this.#entries.values()) cluster.stop();
  }

  /** Reads the list of clusters; starts new ones and stops removed ones. */
  async refresh(): Promise<void> {
    try {
      const credentials = await this.#auth.getOwnServiceCredentials();
      this.#replace(await this.#supplier.getClusters({ credentials }));
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      this.#logger.warn(
        'Could not read the list of Kubernetes clusters; the known ones stay',
        error as Error,
      );
    }
  }

  #replace(clusters: readonly ClusterDetails[]) {
    const wanted = new Map(clusters.map(details => [details.name, details]));
    for (const [name, { details, cluster }] of this.#entries) {
      if (isDeepStrictEqual(details, wanted.get(name))) continue;
      cluster.stop();
      this.#entries.delete(name);
    }
    for (const [name, details] of wanted) {
      if (!this.#entries.has(name)) this.#add(details);
    }
  }

  #add(details: ClusterDetails) {
    const client = new ClusterClient({
      cluster: details,
      getCredential: () => this.#credentials.get(details),
    });
    const cluster: WatchedCluster = new WatchedCluster({
      name: details.name,
      client,
      timings: this.#timings,
      onChange: change => this.#onChange(cluster, change),
      onState: kind => {
        this.#log(cluster, kind);
        this.#onState(cluster, kind);
      },
    });
    this.#entries.set(details.name, { details, cluster });
    cluster.start();
  }

  #log(cluster: WatchedCluster, kind: WatchedKind) {
    const failure = cluster.failures.find(f => f.kind === kind);
    this.#logger.debug(
      failure
        ? `Cluster ${cluster.name}: ${kind} ${failure.error.message}`
        : `Cluster ${cluster.name}: ${kind} can be read`,
    );
  }
}
