import { loadConfig } from './config/config.js';
import { detectInstance } from './instance/detectInstance.js';
import { startTelemetry } from './telemetry/startTelemetry.js';

const config = loadConfig();
const instance = await detectInstance(config.INSTANCE_ID_SOURCE);
const telemetry = await startTelemetry(config, instance);

// The modules that telemetry patches (`http` through Fastify, `pg`) must not be loaded earlier.
const { runService } = await import('./runService.js');
await runService({ config, instance, telemetry });
