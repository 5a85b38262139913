/*
 * A process of its own whose only task is to outlive the launcher by a moment:
 * when the launcher is gone without a word (kill -9, a crash), it ends what the
 * launcher had started. The launcher keeps it up to date over IPC.
 */
import { endProcesses } from './endProcesses';
import type { ReaperMessage, TrackedProcess } from './types';

const tracked = new Map<number, TrackedProcess>();
let dismissed = false;

// Signals of the terminal are for the launcher; the reaper ends with it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {});
}

process.on('message', (message: ReaperMessage) => {
  if (message.type === 'track') {
    tracked.set(message.process.pid, message.process);
  } else if (message.type === 'untrack') {
    tracked.delete(message.pid);
  } else {
    dismissed = true;
    process.disconnect();
  }
});

process.on('disconnect', async () => {
  if (!dismissed) await endProcesses([...tracked.values()], 3_000);
  process.exit(0);
});
