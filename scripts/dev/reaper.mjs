// Ends everything that `npm run dev` started when that process is gone, however
// it went: the IPC channel closes even after SIGKILL. Children run in process
// groups of their own, in start order; they are ended in the opposite order.
import { endGroup } from './processes.mjs';

const groups = [];
process.on('message', message => {
  if (message.started) groups.push(message.started);
  if (message.ended) groups.splice(groups.indexOf(message.ended), 1);
});
process.on('disconnect', async () => {
  for (const pid of groups.reverse()) await endGroup(pid);
  process.exit(0);
});
// A Ctrl-C reaches the whole terminal group; the parent decides what to do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {});
process.send('ready');
