import { resolve } from 'node:path';
import { runFleet } from '../launcher/runFleet';
import { demoService } from './demoService';

/** Printed once when the services run; `npm run dev` waits for it. */
const readyLine = 'CLOUDTRACE_FLEET_READY';

/** Runs the fleet in this process until it is told to end. */
export async function run(options: {
  repositoryRoot: string;
  directory: string;
  portalUrl: string;
  controlPort: number;
  portBase: number;
  telemetry: boolean;
  demo: boolean;
  nodeArguments: string[];
}): Promise<void> {
  const log = (message: string) => console.log(`[fleet] ${message}`);
  const handle = await runFleet({
    ...options,
    directory: resolve(options.directory),
    services: options.demo ? [demoService(options.repositoryRoot)] : [],
    log,
  });
  log(`Control API at ${handle.url}; "yarn fleet status" shows the fleet`);
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second one is impatience: the first is still being carried out, and the reaper cleans up.
      if (signalled) process.exit(1);
      signalled = true;
      log(`Ending the local fleet (${signal})`);
      handle.stop(`the local fleet was ended (${signal})`).catch(error => {
        log(String(error));
        process.exit(1);
      });
    });
  }
  // The orchestrator that started the fleet talks over IPC; if it is gone, so is the reason to run.
  if (process.connected) {
    process.on('disconnect', () => {
      signalled = true;
      handle
        .stop('the process that started the local fleet is gone')
        .catch(() => process.exit(1));
    });
  }
  void handle.fleet.whenSettled().then(() => console.log(readyLine));
  await handle.ended;
}
