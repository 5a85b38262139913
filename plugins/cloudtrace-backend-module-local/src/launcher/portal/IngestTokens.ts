import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortalError, type PortalClient } from './PortalClient';

const RETRY_MS = 2_000;

/**
 * The ingest tokens of the fleet's services, in files that only their owner can
 * read, so that a restart creates no new ones.
 */
export class IngestTokens {
  readonly #directory: string;
  readonly #portal: PortalClient;

  constructor(directory: string, portal: PortalClient) {
    this.#directory = directory;
    this.#portal = portal;
  }

  /** Stores a token that another caller created. */
  keep(service: string, token: string) {
    const path = this.#path(service);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(path, { force: true });
    writeFileSync(path, token, { mode: 0o600 });
  }

  forget(service: string) {
    rmSync(this.#path(service), { force: true });
  }

  /**
   * A token that the portal accepts: the stored one, or a new one if there is
   * none or it was revoked. Waits for the portal and for the entity without a
   * time limit.
   *
   * @param onWait - called with the reason for the wait
   */
  async obtain(
    service: { name: string; entityRef: string; environment: string },
    options: { signal: AbortSignal; onWait: (reason: string) => void },
  ): Promise<string> {
    const { signal, onWait } = options;
    onWait(`waiting for the portal at ${this.#portal.baseUrl}`);
    await this.#portal.waitUntilReady(signal);
    for (;;) {
      try {
        const kept = this.#read(service.name);
        if (kept && (await this.#portal.acceptsToken(kept, signal))) {
          return kept;
        }
        const token = await this.#portal.createToken(service, signal);
        this.keep(service.name, token);
        return token;
      } catch (error) {
        signal.throwIfAborted();
        onWait(
          error instanceof PortalError
            ? error.message
            : `the portal does not respond (${String(error)})`,
        );
        await sleep(RETRY_MS, undefined, { signal });
      }
    }
  }

  #read(service: string): string | undefined {
    try {
      return readFileSync(this.#path(service), 'utf8').trim() || undefined;
    } catch {
      return undefined;
    }
  }

  #path(service: string) {
    return join(this.#directory, `${service}.token`);
  }
}
