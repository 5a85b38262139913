import { resolve } from 'node:path';
import type { Fleet } from '../launcher/fleet/Fleet';
import { runFleet } from '../launcher/runFleet';
import type { LocalServiceDefinition } from '../protocol/types';
import {
  demoName,
  demoService,
  demoStarters,
  type DemoStarter,
} from './demoService';

/** Printed once when every service is running or has failed; `npm run dev` waits for it. */
const READY_LINE = 'CLOUDTRACE_FLEET_READY';
/**
 * Starts a line for each failed service before the ready line; JSON with `name`
 * and `message` follows.
 */
const FAILED_LINE = 'CLOUDTRACE_FLEET_FAILED';

/** Renders a starter of the template; resolves to its folder. */
export type RenderStarter = (starter: string) => Promise<string>;

/** Runs the fleet in this process until a signal stops it. */
export async function run(options: {
  repositoryRoot: string;
  directory: string;
  portalUrl: string;
  controlPort: number;
  portBase: number;
  telemetry: boolean;
  /** Undefined: no demo service. */
  demo: DemoStarter | undefined;
  renderStarter: RenderStarter;
}): Promise<void> {
  const log = (message: string) => console.log(`[fleet] ${message}`);
  const { demo } = options;
  const services = demo ? await renderDemo(demo, options.renderStarter) : [];
  const handle = await runFleet({
    ...options,
    directory: resolve(options.directory),
    services,
    otherDemos: demoStarters.filter(name => name !== demo).map(demoName),
    log,
  });
  log(
    `Control API at ${handle.url}; "npm run fleet -- status" shows the fleet`,
  );
  let ending = false;
  const end = (cause: string) => {
    // A second signal means that the user does not want to wait: exits at once,
    // and the reaper cleans up.
    if (ending) process.exit(1);
    ending = true;
    log(`Stopping the local fleet (${cause})`);
    handle.stop(`the local fleet was stopped (${cause})`).catch(error => {
      log(String(error));
      process.exit(1);
    });
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // If the fleet was started over IPC, it stops when the parent process ends.
  process.on('disconnect', () => end('its parent process ended'));
  void handle.fleet.whenSettled().then(() => report(handle.fleet));
  await handle.ended;
}

/** Without the demo, everything else still works. */
async function renderDemo(
  starter: DemoStarter,
  renderStarter: RenderStarter,
): Promise<LocalServiceDefinition[]> {
  try {
    return [demoService(starter, await renderStarter(starter))];
  } catch (error) {
    reportFailure(demoName(starter), (error as Error).message);
    return [];
  }
}

function reportFailure(name: string, message: string | undefined) {
  console.log(`${FAILED_LINE} ${JSON.stringify({ name, message })}`);
}

async function report(fleet: Fleet) {
  const { services } = await fleet.state();
  for (const { definition, status, statusMessage } of services) {
    if (status === 'failed') {
      reportFailure(definition.name, statusMessage);
    }
  }
  console.log(READY_LINE);
}
