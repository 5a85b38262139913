import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** The response. */
export interface PostAnswer {
  status: number;
  body: string;
}

/**
 * Sends a body on its own connection: creating a body can take a test longer
 * than the server keeps an idle connection open.
 */
export function postBody(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        path,
        method: 'POST',
        headers: { 'content-length': body.length, ...headers },
        agent: false,
      },
      response => {
        text(response).then(
          answer => resolve({ status: response.statusCode!, body: answer }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
