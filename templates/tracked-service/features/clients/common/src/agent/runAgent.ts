import closeWithGrace from 'close-with-grace';
import type { Config } from '../config/config.js';
import type { Instance } from '../instance/detectInstance.js';
import { createLogger } from '../telemetry/createLogger.js';
import type { Telemetry } from '../telemetry/startTelemetry.js';
import type { AgentConfig } from './agentConfig.js';
import { createAgentPorts } from './createAgentPorts.js';
import { DownloadAgent } from './DownloadAgent.js';

/** Less than the minute that ECS gives a task to stop. */
const shutdownMs = 50_000;

/** Runs a download agent until a signal or an unexpected error ends it. */
export function runAgent(options: {
  config: Config;
  agentConfig: AgentConfig;
  instance: Instance;
  telemetry: Telemetry;
}): void {
  const { config, agentConfig, instance, telemetry } = options;
  const logger = createLogger(config, instance);
  const agent = new DownloadAgent({
    ports: createAgentPorts(agentConfig),
    logger,
    jobTimeoutMs: agentConfig.DOWNLOAD_TIMEOUT_MS,
  });

  closeWithGrace({ delay: shutdownMs, logger }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'stopping after an unexpected error');
    else logger.info({ signal }, 'stopping after the current job');
    await agent.stop();
    await telemetry.shutdown();
  });
  agent.start();
  logger.info('waiting for jobs');
}
