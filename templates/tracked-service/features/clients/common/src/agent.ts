import { loadAgentConfig } from './agent/agentConfig.js';
import { loadConfig } from './config/config.js';
import { detectInstance } from './instance/detectInstance.js';
import { startTelemetry } from './telemetry/startTelemetry.js';

// A separate process from the service's image: node dist/agent.js
const config = loadConfig();
const agentConfig = loadAgentConfig();
const instance = await detectInstance(config.INSTANCE_ID_SOURCE);
const telemetry = await startTelemetry(config, instance);

const { runAgent } = await import('./agent/runAgent.js');
runAgent({ config, agentConfig, instance, telemetry });
