import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';

const { name } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { name: string };

describe('loadConfig', () => {
  it('fills in defaults and parses numbers and flags', () => {
    const config = loadConfig({
      PORT: '9090',
      TRACE_DATABASE: 'true',
      DATABASE_MIGRATE_ON_START: 'false',
      UNRELATED: 'x',
    });

    expect(config).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 9090,
      LOG_LEVEL: 'info',
      // The name in package.json.
      OTEL_SERVICE_NAME: name,
      TRACE_DATABASE: true,
      DATABASE_MIGRATE_ON_START: false,
      DATABASE_POOL_MAX: 10,
    });
    expect(config).not.toHaveProperty('UNRELATED');
  });

  it.each([
    { PORT: 'eighty' },
    { PORT: '70000' },
    { LOG_LEVEL: 'loud' },
    { DATABASE_POOL_MAX: '0' },
    { SHUTDOWN_DRAIN_MS: '-1' },
    { SECRETS_BACKEND: 'drawer' },
  ])('rejects %o and names the variable', environment => {
    const [name] = Object.keys(environment);
    expect(() => loadConfig(environment)).toThrow(name);
  });
});
