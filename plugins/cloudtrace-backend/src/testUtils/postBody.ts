import { request } from 'node:http';

/**
 * Sends a body with a connection of its own: making one can take a test longer
 * than the server keeps a connection open. Resolves to the status.
 */
export function postBody(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<number> {
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
        response.resume();
        response.on('end', () => resolve(response.statusCode!));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
