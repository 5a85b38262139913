import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import type { InstanceSample, LiveMessage } from './types.js';

/** "Service restart": the client connects again and reaches another instance. */
export const serviceRestart = 1012;
const policyViolation = 1008;
const tryAgainLater = 1013;
const noFigures = 'figures are not available';
const historySeconds = 600;
/** A dashboard that reads so slowly is disconnected rather than buffered for. */
const longestBacklogBytes = 1_000_000;

export interface LiveHubOptions {
  readonly instanceId: string;
  readonly samplePeriodMs: number;
  readonly activeWindowSeconds: number;
  readonly logger: FastifyBaseLogger;
  readSamples(seconds: number): Promise<InstanceSample[]>;
  countActiveUsers(): Promise<number>;
  /** Notes that these sessions were seen, and returns those that are still signed in. */
  seeSignedIn(sessionIds: readonly string[]): Promise<Set<string>>;
}

interface Dashboard {
  readonly sessionId: string;
  /**
   * Time of the newest sample that it has, by instance: a sample of another instance may become visible later than a
   * newer one.
   */
  readonly newest: Map<string, string>;
}

/** The open dashboards of this instance; one query serves all of them. */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #dashboards = new Map<WebSocket, Dashboard>();
  #draining = false;

  constructor(options: LiveHubOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#dashboards.size;
  }

  async add(socket: WebSocket, sessionId: string): Promise<void> {
    if (this.#draining) {
      socket.close(serviceRestart, 'this instance stops');
      return;
    }
    this.#dashboards.set(socket, { sessionId, newest: new Map() });
    socket.on('close', () => this.#dashboards.delete(socket));
    // The protocol error itself closes the socket, with its own code.
    socket.on('error', error =>
      this.#options.logger.debug({ err: error }, 'a dashboard broke off'),
    );
    try {
      this.#send(await this.#read());
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'no figures for a dashboard');
      socket.close(tryAgainLater, noFigures);
    }
  }

  /**
   * Sends what is new, and disconnects those who are no longer signed in. Without figures it disconnects everybody: an open
   * connection means that the figures are current, and another instance may have them.
   */
  async update(): Promise<void> {
    if (this.#dashboards.size === 0) return;
    try {
      await this.#disconnectSignedOut();
      this.#send(await this.#read());
    } catch (error) {
      this.#closeAll(tryAgainLater, noFigures);
      throw error;
    }
  }

  startDraining(): void {
    this.#draining = true;
    this.#closeAll(serviceRestart, 'this instance stops');
  }

  #closeAll(code: number, reason: string): void {
    for (const socket of this.#dashboards.keys()) socket.close(code, reason);
  }

  async #read(): Promise<Omit<LiveMessage, 'now'>> {
    const { instanceId, samplePeriodMs, activeWindowSeconds } = this.#options;
    const [samples, activeUsers] = await Promise.all([
      this.#options.readSamples(historySeconds),
      this.#options.countActiveUsers(),
    ]);
    return {
      answeredBy: instanceId,
      samplePeriodMs,
      activeUsers,
      activeWindowSeconds,
      samples,
    };
  }

  #send(message: Omit<LiveMessage, 'now'>): void {
    const now = new Date().toISOString();
    for (const [socket, dashboard] of this.#dashboards) {
      if (socket.bufferedAmount > longestBacklogBytes) {
        socket.terminate();
        continue;
      }
      const samples = message.samples.filter(
        ({ instanceId, sampledAt }) =>
          sampledAt > (dashboard.newest.get(instanceId) ?? ''),
      );
      for (const { instanceId, sampledAt } of samples) {
        dashboard.newest.set(instanceId, sampledAt);
      }
      socket.send(JSON.stringify({ ...message, now, samples }));
    }
  }

  async #disconnectSignedOut(): Promise<void> {
    const ids = [...this.#dashboards.values()].map(
      ({ sessionId }) => sessionId,
    );
    const signedIn = await this.#options.seeSignedIn(ids);
    for (const [socket, { sessionId }] of this.#dashboards) {
      if (!signedIn.has(sessionId)) socket.close(policyViolation, 'signed out');
    }
  }
}
