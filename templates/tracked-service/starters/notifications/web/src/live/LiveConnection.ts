import type { LiveEvent } from '../api/types';
import { reduceConnection, startConnecting } from './connectionState';
import type { ConnectionEvent, ConnectionState } from './connectionState';
import type { EndReason, OpenConnection } from './types';

const firstPauseMs = 300;
const longestPauseMs = 5_000;

export interface LiveConnectionOptions {
  readonly open: OpenConnection;
  /** Where to continue. */
  readonly lastEventId: () => number;
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  readonly onState: (state: ConnectionState) => void;
  /** The service does not know the position: load everything again. */
  readonly onUnknownPosition: () => Promise<void>;
  /** Whether the session still exists; a refused socket does not say why. Undefined if nobody answers. */
  readonly isSignedIn: () => Promise<boolean | undefined>;
}

/** Keeps one connection open: reconnects, with growing pauses, until the user is signed out. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  #state: ConnectionState = startConnecting(Date.now());
  #close: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#stopped) return;
    const { open, lastEventId, onEvents } = this.#options;
    this.#close = open(lastEventId(), {
      onOpen: instanceId => {
        this.#failures = 0;
        this.#change({ type: 'opened', instanceId, atMs: Date.now() });
      },
      onEvents,
      onEnd: reason => void this.#onEnd(reason),
    });
  }

  /** Does not wait any longer, as when the browser is online again. */
  retryNow(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.start();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#close?.();
  }

  async #onEnd(reason: EndReason): Promise<void> {
    const neverOpened = this.#state.phase !== 'live';
    const signedOut =
      reason === 'signed out' ||
      (neverOpened && (await this.#options.isSignedIn()) === false);
    if (this.#stopped) return;
    this.#change({
      type: signedOut ? 'signed out' : 'ended',
      atMs: Date.now(),
    });
    if (signedOut) return;
    if (reason === 'unknown position') {
      await this.#options.onUnknownPosition().catch(() => undefined);
    }
    this.#scheduleStart();
  }

  #scheduleStart(): void {
    if (this.#stopped) return;
    const pauseMs = Math.min(
      firstPauseMs * 2 ** this.#failures,
      longestPauseMs,
    );
    this.#failures += 1;
    // Jitter keeps all clients of an instance from reaching the next one at the same moment.
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.start();
      },
      pauseMs * (0.5 + Math.random() / 2),
    );
  }

  #change(event: ConnectionEvent): void {
    this.#state = reduceConnection(this.#state, event);
    this.#options.onState(this.#state);
  }
}
