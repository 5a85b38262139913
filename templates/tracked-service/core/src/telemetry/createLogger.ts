import { trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Instance } from '../instance/detectInstance.js';

/** Logs JSON lines on standard output; each names the instance and, within a request, its trace. */
export function createLogger(config: Config, instance: Instance): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: {
      service: config.OTEL_SERVICE_NAME,
      environment: config.DEPLOYMENT_ENVIRONMENT,
      instanceId: instance.id,
      zone: instance.zone,
    },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    mixin() {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { traceId: span.traceId, spanId: span.spanId } : {};
    },
  });
}
