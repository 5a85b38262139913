import { parseArgs } from 'node:util';
import { UserError } from './UserError.mjs';

/** Starters of the template that can run as the demo service. */
const DEMO_STARTERS = ['request-tracker', 'storefront'];

export const USAGE = `Starts the local portal: database, backend, frontend and the local demo fleet.

Usage: npm run dev -- [options]      (or: yarn dev [options])

  --port <n>          port of the portal in the browser (default 3000)
  --backend-port <n>  port of the backend (default 7007)
  --demo <starter>    the demo service: request-tracker (default), or storefront, a shop whose visitors scale it
  --no-fleet          do not start the local demo fleet
  --reset             drop the local database and fleet data first
  --help              show this text

CLOUDTRACE_DATABASE_URL=postgres://… uses an existing PostgreSQL (14 to 18) instead of the embedded one.`;

function parsePort(name, value, fallback) {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65535) {
    throw new UserError(
      `--${name} must be a port number from 1 to 65535, but is '${value}'.`,
    );
  }
  return port;
}

function checkDemo(starter) {
  if (DEMO_STARTERS.includes(starter)) return starter;
  throw new UserError(
    `--demo must be ${DEMO_STARTERS.join(' or ')}, but is '${starter}'.`,
  );
}

/** Parses the command line of `npm run dev`. Throws a UserError that names the wrong option. */
export function parseOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'backend-port': { type: 'string' },
        demo: { type: 'string', default: 'request-tracker' },
        'no-fleet': { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UserError(`${error.message}\n\n${USAGE}`);
  }
  const options = {
    port: parsePort('port', values.port, 3000),
    backendPort: parsePort('backend-port', values['backend-port'], 7007),
    demo: checkDemo(values.demo),
    fleet: !values['no-fleet'],
    reset: values.reset,
    help: values.help,
  };
  if (options.port === options.backendPort) {
    throw new UserError(
      `--port and --backend-port are both ${options.port}; choose two different ports.`,
    );
  }
  return options;
}
