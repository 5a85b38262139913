import { loadConfig } from '../config/config.js';
import { detectInstance } from '../instance/detectInstance.js';
import { startTelemetry } from '../telemetry/startTelemetry.js';
import { hasOwnIdentity, workerEnvironment } from './workerIdentity.js';

const config = loadConfig();
if (!hasOwnIdentity()) {
  const beside = await detectInstance(config.INSTANCE_ID_SOURCE);
  Object.assign(process.env, workerEnvironment(beside));
}
const instance = await detectInstance(config.INSTANCE_ID_SOURCE);
const telemetry = await startTelemetry(config, instance);

// The modules that telemetry patches (`http` through Fastify, `pg`) must not be loaded earlier.
const { runWorker } = await import('./runWorker.js');
await runWorker({ config, instance, telemetry });
