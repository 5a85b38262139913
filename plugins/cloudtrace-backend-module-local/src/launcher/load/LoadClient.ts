import { Agent, request, type IncomingMessage } from 'node:http';
import type { LoadAnswer, PlannedRequest } from './types';

const ANSWER_TIMEOUT_MS = 20_000;
const KEPT_BODY_BYTES = 64 * 1024;

/** Sends the requests of simulated users to one load balancer. Never throws. */
export class LoadClient {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 16 });

  constructor(port: number) {
    this.#port = port;
  }

  close() {
    this.#agent.destroy();
  }

  send(planned: PlannedRequest): Promise<LoadAnswer> {
    const body =
      planned.body === undefined ? undefined : JSON.stringify(planned.body);
    return new Promise(resolve => {
      const fail = () => resolve({ status: 0, cookies: [] });
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          agent: this.#agent,
          method: planned.method,
          path: planned.path,
          timeout: ANSWER_TIMEOUT_MS,
          headers: {
            'user-agent': 'cloudtrace-local-load',
            ...planned.headers,
            ...(body && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
          },
        },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            if (text.length < KEPT_BODY_BYTES) text += chunk;
          });
          response.on('error', fail);
          response.on('end', () => resolve(toAnswer(response, text)));
          response.on('close', fail);
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  }
}

function toAnswer(response: IncomingMessage, text: string): LoadAnswer {
  return {
    status: response.statusCode ?? 0,
    body: parseJson(text),
    cookies: (response.headers['set-cookie'] ?? []).map(
      cookie => cookie.split(';')[0],
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
