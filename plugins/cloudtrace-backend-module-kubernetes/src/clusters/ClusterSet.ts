import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ClusterClient } from '../client/ClusterClient';
import { CredentialLog } from '../client/CredentialLog';
import type { CredentialSource } from '../client/CredentialSource';
import { Backoff } from '../watch/Backoff';
import type { UsageSource } from '../objects/PodUsage';
import type { UsageTimings } from '../usage/UsagePoller';
import type { WatchTimings } from '../watch/WatchTimings';
import type { WatchedKind } from '../objects/types';
import { untilAborted } from './untilAborted';
import { WatchedCluster, type ClusterChange } from './WatchedCluster';

/** How often to ask for new and removed clusters. */
const REFRESH_MS = 5 * 60_000;
/** How soon to ask again after the first failure. */
const RETRY_MS = 2_000;

/** Whether the list of clusters was read, not read yet, or could not be read. */
export type ClusterListState = 'first-read' | 'read' | 'unread';

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
  readonly #usageSources: ReadonlyMap<string, UsageSource> | undefined;
  readonly #usageTimings: Partial<UsageTimings> | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #backoff: Backoff;
  readonly #stopped = new AbortController();
  #state: ClusterListState = 'first-read';
  #markKnown: () => void = () => {};
  readonly #whenKnown = new Promise<void>(resolve => {
    this.#markKnown = resolve;
  });
  #onChange: (cluster: WatchedCluster, change: ClusterChange) => void =
    () => {};
  #onState: (cluster: WatchedCluster, kind: WatchedKind) => void = () => {};

  constructor(options: {
    supplier: KubernetesClustersSupplier;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    credentials: CredentialSource;
    logger: LoggerService;
    timings?: Partial<WatchTimings>;
    /** Sources of usage other than metrics-server, by the name of the cluster. */
    usageSources?: ReadonlyMap<string, UsageSource>;
    usageTimings?: Partial<UsageTimings>;
  }) {
    this.#supplier = options.supplier;
    this.#auth = options.auth;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#timings = options.timings;
    this.#usageSources = options.usageSources;
    this.#usageTimings = options.usageTimings;
    this.#backoff = new Backoff({
      baseMs: options.timings?.retryMs ?? RETRY_MS,
      maxMs: REFRESH_MS,
    });
  }

  /** What is known about the list of clusters. */
  get state(): ClusterListState {
    return this.#state;
  }

  list(): WatchedCluster[] {
    return [...this.#entries.values()].map(({ cluster }) => cluster);
  }

  get(name: string): WatchedCluster | undefined {
    return this.#entries.get(name)?.cluster;
  }

  /** Names of clusters with a source of usage that the list does not contain. */
  get unknownUsageClusters(): string[] {
    if (this.#state !== 'read') return [];
    return [...(this.#usageSources?.keys() ?? [])].filter(
      name => !this.#entries.has(name),
    );
  }

  /** Starts the watches and calls back on changes. */
  async start(listeners: {
    onChange: (cluster: WatchedCluster, change: ClusterChange) => void;
    onState: (cluster: WatchedCluster, kind: WatchedKind) => void;
  }): Promise<void> {
    this.#onChange = listeners.onChange;
    this.#onState = listeners.onState;
    const waitMs = await this.#refresh();
    void this.#keepCurrent(waitMs);
  }

  stop(): void {
    this.#stopped.abort();
    for (const { cluster } of this.#entries.values()) cluster.stop();
  }

  /** Resolves when the list of clusters and each of them was read or has failed once. */
  async untilKnown(signal: AbortSignal): Promise<void> {
    await untilAborted(this.#whenKnown, signal);
    await Promise.all(this.list().map(cluster => cluster.untilKnown(signal)));
  }

  async #keepCurrent(firstWaitMs: number): Promise<void> {
    const { signal } = this.#stopped;
    let waitMs = firstWaitMs;
    while (!signal.aborted) {
      await delay(waitMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) waitMs = await this.#refresh();
    }
  }

  /**
   * Reads the list of clusters; starts new ones and stops removed ones. Returns
   * how long to wait before the next time.
   */
  async #refresh(): Promise<number> {
    try {
      const credentials = await this.#auth.getOwnServiceCredentials();
      const clusters = await this.#supplier.getClusters({ credentials });
      if (!this.#stopped.signal.aborted) this.#replace(clusters);
      if (this.#state !== 'read') {
        this.#state = 'read';
        this.#warnOfUnknown();
      }
      this.#backoff.reset();
      return REFRESH_MS;
    } catch (error) {
      this.#state = 'unread';
      this.#logger.warn(
        'Could not read the list of Kubernetes clusters; the known ones stay',
        error as Error,
      );
      return this.#backoff.nextMs();
    } finally {
      this.#markKnown();
    }
  }

  #warnOfUnknown() {
    for (const name of this.unknownUsageClusters) {
      this.#logger.warn(
        `cloudtrace.kubernetes.prometheus names the cluster '${name}', which is not configured`,
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
    const log = new CredentialLog(details.name, this.#logger);
    const client = new ClusterClient({
      cluster: details,
      getCredential: () => log.watch(this.#credentials.get(details)),
    });
    const cluster: WatchedCluster = new WatchedCluster({
      name: details.name,
      client,
      timings: this.#timings,
      usageSource: this.#usageSources?.get(details.name),
      usageTimings: this.#usageTimings,
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
    const unread = cluster.unreadAt(new Date());
    const error = unread.find(each => each.kind === kind)?.error;
    this.#logger.debug(
      `Cluster ${cluster.name}: ${kind} ${
        error ? `cannot be read: ${error.message}` : 'can be read'
      }`,
    );
  }
}
