import { readControlFile } from './controlFile';
import type {
  FleetChanges,
  FleetErrorBody,
  FleetHistory,
  FleetState,
  LoadTarget,
  StartServiceRequest,
} from './types';

/** The launcher is not running, or does not respond. */
export class FleetNotRunningError extends Error {
  override readonly name = 'FleetNotRunningError';
}

/** The launcher rejected a call and gave the reason. */
export class FleetCallError extends Error {
  override readonly name = 'FleetCallError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const CALL_TIMEOUT_MS = 15_000;

/** Calls the control API of the launcher that uses a folder. */
export class FleetClient {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  state(signal?: AbortSignal): Promise<FleetState> {
    return this.#call('GET', '/v1/state', { signal });
  }

  history(since?: Date, signal?: AbortSignal): Promise<FleetHistory> {
    const query = since ? `?since=${since.toISOString()}` : '';
    return this.#call('GET', `/v1/history${query}`, { signal });
  }

  /** Resolves when something changed after the position, or at the timeout. */
  changes(
    after: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<FleetChanges> {
    return this.#call(
      'GET',
      `/v1/changes?after=${after}&timeoutMs=${timeoutMs}`,
      { signal, timeoutMs: timeoutMs + CALL_TIMEOUT_MS },
    );
  }

  kill(instance: string): Promise<{ instanceId: string }> {
    return this.#call('POST', `/v1/instances/${encode(instance)}/kill`);
  }

  stopZone(zone: string): Promise<void> {
    return this.#call('POST', `/v1/zones/${encode(zone)}/stop`);
  }

  startZone(zone: string): Promise<void> {
    return this.#call('POST', `/v1/zones/${encode(zone)}/start`);
  }

  setLoad(
    amount: number,
    service?: string,
  ): Promise<LoadTarget & { service: string }> {
    return this.#call('POST', '/v1/load', { body: { amount, service } });
  }

  failOverDatabase(): Promise<void> {
    return this.#call('POST', '/v1/database/failover');
  }

  addService(request: StartServiceRequest): Promise<void> {
    return this.#call('POST', '/v1/services', {
      body: request,
      timeoutMs: 60_000,
    });
  }

  startService(name: string): Promise<void> {
    return this.#call('POST', `/v1/services/${encode(name)}/start`);
  }

  stopService(name: string): Promise<void> {
    return this.#call('POST', `/v1/services/${encode(name)}/stop`, {
      timeoutMs: 60_000,
    });
  }

  removeService(name: string): Promise<void> {
    return this.#call('DELETE', `/v1/services/${encode(name)}`, {
      timeoutMs: 60_000,
    });
  }

  stop(): Promise<void> {
    return this.#call('POST', '/v1/stop');
  }

  async #call<T>(
    method: string,
    path: string,
    options: { body?: unknown; signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<T> {
    const control = readControlFile(this.#directory);
    if (!control) throw notRunning();
    const timeout = AbortSignal.timeout(options.timeoutMs ?? CALL_TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(`${control.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${control.secret}`,
          'content-type': 'application/json',
        },
        body: options.body === undefined ? null : JSON.stringify(options.body),
        signal: options.signal
          ? AbortSignal.any([options.signal, timeout])
          : timeout,
      });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw notRunning(error);
    }
    if (!response.ok) {
      const body = (await response.json().catch(() => undefined)) as
        | FleetErrorBody
        | undefined;
      throw new FleetCallError(
        body?.error.message ?? `The fleet returned ${response.status}`,
        response.status,
      );
    }
    return response.json() as Promise<T>;
  }
}

function encode(part: string) {
  return encodeURIComponent(part);
}

function notRunning(cause?: unknown) {
  return new FleetNotRunningError(
    'The local fleet is not running. Start it together with the portal: npm run dev',
    { cause },
  );
}
