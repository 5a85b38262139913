// @ts-check
// Ends what its parent started when the parent is gone, however it went: the
// IPC channel closes even after SIGKILL.
const { endProcesses } = require('./endProcesses');

/** @type {Set<number>} */
const pids = new Set();
let graceMs = 10_000;

process.on('message', (/** @type {any} */ message) => {
  if (message.type === 'track') pids.add(message.pid);
  else if (message.type === 'untrack') pids.delete(message.pid);
  else graceMs = message.graceMs;
});
process.on('disconnect', async () => {
  await endProcesses([...pids], graceMs);
  process.exit(0);
});
// Ctrl-C reaches the whole terminal group; the parent decides what to do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}
process.send?.('ready');
