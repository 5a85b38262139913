import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event as the pipeline reports it to the portal. */
export interface ReportedEvent {
  kind?: string;
  status?: string;
  action?: string;
  description?: string;
}

/** Takes the place of the portal for events: accepts them all and keeps them in `events`. */
export async function startEventSink() {
  const events: ReportedEvent[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    events.push(JSON.parse(body));
    response.writeHead(202).end('{"stored":"new"}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    events,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
