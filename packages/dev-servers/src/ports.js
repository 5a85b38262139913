// @ts-check
const { createServer } = require('node:net');

/**
 * Whether a server can listen on this port of 127.0.0.1 now.
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isPortFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
exports.isPortFree = isPortFree;

/**
 * Each process starts at a different port and returns each port once: the
 * previous caller may not listen on its port yet.
 */
let next = 20_000 + ((process.pid * 37) % 11_000);

/**
 * A free port of 127.0.0.1: the first one of 100 from `first` on, or any
 * between 20,000 and 32,000, which is below the system's ephemeral range.
 *
 * @param {number} [first]
 */
exports.findFreePort = async function findFreePort(first) {
  const from = first ?? 20_000;
  const count = first === undefined ? 12_000 : 100;
  for (let attempt = 0; attempt < count; attempt++) {
    const port =
      first === undefined ? 20_000 + (next++ % count) : first + attempt;
    if (await isPortFree(port)) return port;
  }
  throw new Error(
    `No free port between ${from} and ${
      from + count - 1
    }: stop some of the programs that listen there.`,
  );
};

/**
 * The first of `count` consecutive free ports, from `first` on in steps of
 * `count`.
 *
 * @param {number} first
 * @param {number} count
 */
exports.findFreeRange = async function findFreeRange(first, count) {
  for (let base = first; base < first + 10 * count; base += count) {
    const ports = Array.from({ length: count }, (_, i) => base + i);
    const free = await Promise.all(ports.map(isPortFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error(
    `No ${count} free ports in a row between ${first} and ${
      first + 10 * count - 1
    }: stop some of the programs that listen there.`,
  );
};
