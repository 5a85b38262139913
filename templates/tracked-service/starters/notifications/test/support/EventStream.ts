import type { LiveEvent } from '../../src/live/types.js';

/** A reader of Server-Sent Events. */
export class EventStream {
  readonly status: number;
  readonly events: LiveEvent[] = [];
  /** Everything as it arrived. */
  text = '';
  ended = false;
  readonly #abort: AbortController;

  private constructor(status: number, abort: AbortController) {
    this.status = status;
    this.#abort = abort;
  }

  static async open(
    url: string,
    cookie: string,
    lastEventId?: number,
  ): Promise<EventStream> {
    const abort = new AbortController();
    const answer = await fetch(`${url}/api/notifications/stream`, {
      headers: {
        cookie,
        accept: 'text/event-stream',
        ...(lastEventId !== undefined && {
          'last-event-id': String(lastEventId),
        }),
      },
      signal: abort.signal,
    });
    const stream = new EventStream(answer.status, abort);
    void stream.#read(answer);
    return stream;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(answer: Response): Promise<void> {
    try {
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part?.value;) {
        this.text += Buffer.from(part.value as Uint8Array).toString();
        this.#parse();
        part = await reader?.read();
      }
    } catch {
      // The test or the server closed it.
    }
    this.ended = true;
  }

  #parse(): void {
    this.events.length = 0;
    for (const block of this.text.split('\n\n').slice(0, -1)) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data && block.startsWith('id: ')) {
        this.events.push(JSON.parse(data) as LiveEvent);
      }
    }
  }
}
