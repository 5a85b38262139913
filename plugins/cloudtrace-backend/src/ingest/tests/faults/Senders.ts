import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from './Sender';

/** Several senders as one. */
export class Senders {
  readonly #senders: readonly Sender[];

  constructor(senders: readonly Sender[]) {
    this.#senders = senders;
  }

  /** The records of all senders together. */
  static sum(all: readonly Senders[]) {
    const senders = all.flatMap(group => group.#senders);
    const statuses: Record<string, number> = {};
    for (const group of all) {
      for (const [status, number] of Object.entries(group.statuses)) {
        statuses[status] = (statuses[status] ?? 0) + number;
      }
    }
    return {
      acknowledged: senders.flatMap(({ acknowledged }) => acknowledged),
      sent: senders.reduce((sum, { sent }) => sum + sent, 0),
      statuses,
    };
  }

  get statuses(): Record<string, number> {
    const sum: Record<string, number> = {};
    for (const { statuses } of this.#senders) {
      for (const [status, number] of Object.entries(statuses)) {
        sum[status] = (sum[status] ?? 0) + number;
      }
    }
    return sum;
  }

  get slowestMs(): number {
    return Math.max(...this.#senders.map(({ slowestMs }) => slowestMs));
  }

  answers(status: string): number {
    return this.statuses[status] ?? 0;
  }

  start(): void {
    this.#senders.forEach(sender => sender.start(2));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#senders.map(sender => sender.stop()));
  }

  /** Waits for so many more responses of 200. */
  until(more: number): Promise<void> {
    return this.#wait('200', more);
  }

  untilRejected(more: number): Promise<void> {
    return this.#wait('503', more);
  }

  async #wait(status: string, more: number): Promise<void> {
    const wanted = this.answers(status) + more;
    for (let waitedMs = 0; this.answers(status) < wanted; waitedMs += 50) {
      if (waitedMs > 60_000) {
        throw new Error(
          `No ${more} responses of ${status} within a minute: ${JSON.stringify(
            this.statuses,
          )}`,
        );
      }
      await sleep(50);
    }
  }
}
