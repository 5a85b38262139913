import { mkdirSync } from 'node:fs';
import { isAlive, isPortFree, processIdentity } from '@internal/dev-servers';
import {
  readControlFile,
  removeControlFile,
  writeControlFile,
} from '../protocol/controlFile';
import { ControlServer } from './control/ControlServer';
import { Fleet, type FleetOptions } from './fleet/Fleet';

/** A fleet that is running in this process. */
export interface FleetHandle {
  fleet: Fleet;
  /** Address of the control API. */
  url: string;
  /** Resolves when the fleet has ended, whether stopped or not. */
  ended: Promise<void>;
  stop(cause: string): Promise<void>;
}

/**
 * Starts the fleet and its control API in this process.
 *
 * @throws Error that explains the conflict if another fleet uses the folder or
 * the port.
 */
export async function runFleet(
  options: FleetOptions & { controlPort: number },
): Promise<FleetHandle> {
  mkdirSync(options.directory, { recursive: true });
  const other = readControlFile(options.directory);
  if (other && isAlive(other.pid, other.processIdentity)) {
    throw new Error(
      `The local fleet is already running (process ${other.pid}). Use "npm run fleet -- status" or "npm run fleet -- stop"`,
    );
  }
  removeControlFile(options.directory);
  if (!(await isPortFree(options.controlPort))) {
    throw new Error(
      `Port ${options.controlPort} is in use. Choose another port for the fleet's control API with --control-port`,
    );
  }

  const fleet = new Fleet(options);
  let markEnded = () => {};
  const ended = new Promise<void>(resolve => {
    markEnded = resolve;
  });
  const control = new ControlServer(fleet, {
    onStop: () => void stop('stopped by "npm run fleet -- stop"'),
  });
  async function stop(cause: string) {
    await control.close();
    await fleet.stop(cause);
    removeControlFile(options.directory);
    markEnded();
  }

  try {
    await fleet.start();
    const url = await control.listen(options.controlPort);
    writeControlFile(options.directory, {
      url,
      secret: control.secret,
      pid: process.pid,
      processIdentity: processIdentity(process.pid) ?? '',
    });
    return { fleet, url, ended, stop };
  } catch (error) {
    await fleet.stop('the start failed');
    throw error;
  }
}
