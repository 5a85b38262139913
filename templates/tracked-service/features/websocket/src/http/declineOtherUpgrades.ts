import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

type UpgradeListener = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => void;

/**
 * Lets clients switch to WebSocket only. Whoever asks for another protocol, as `curl --http2` does, gets a response over
 * HTTP/1.1 (RFC 9110, section 7.8); otherwise, the WebSocket library would refuse the request or close the connection.
 * Call this after the library has added its listener.
 */
export function declineOtherUpgrades(server: Server): void {
  // Node.js 22.21 and later ask before they leave HTTP.
  if ('shouldUpgradeCallback' in server) {
    server.shouldUpgradeCallback = wantsWebSocket;
    return;
  }
  const listeners = server.listeners('upgrade') as UpgradeListener[];
  server.removeAllListeners('upgrade');
  // Node.js would drop the headers beyond this number from the repeated request. Their size stays limited.
  server.maxHeadersCount = 0;
  server.on('upgrade', (request, socket, head) => {
    if (!wantsWebSocket(request)) {
      serveWithoutUpgrade(server, request, socket, head);
      return;
    }
    for (const listener of listeners) {
      listener.call(server, request, socket, head);
    }
  });
}

function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Gives the connection back to the server, with the same request but for its `Upgrade`, and what followed it. */
function serveWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') {
      lines.push(`${name}: ${rawHeaders[index + 1]}`);
    }
  }
  const repeated = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.unshift(Buffer.concat([repeated, head]));
  server.emit('connection', socket);
}
