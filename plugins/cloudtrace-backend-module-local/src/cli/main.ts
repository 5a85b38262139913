import { parseArgs } from 'node:util';
import { FleetClient } from '../protocol/FleetClient';
import { demoStarters, type DemoStarter } from './demoService';
import { formatState } from './formatState';
import { run, type RenderStarter } from './run';

const USAGE = `The local fleet of the development portal.

  npm run fleet -- status [--json]              instances, targets, capacity, database
  npm run fleet -- kill <instance>              kill an instance; the beginning of its id is enough
  npm run fleet -- stop-zone <zone>             power off a zone: local-a or local-b
  npm run fleet -- start-zone <zone>            power on a zone
  npm run fleet -- load <amount>                change the load [--service <name>]: requests per second, or
                                                for a storefront, visitors at the peak of their wave
  npm run fleet -- db-failover                  fail the primary database
  npm run fleet -- stop-service <name>          stop a service's instances
  npm run fleet -- start-service <name>         start it again
  npm run fleet -- remove-service <name>        remove a service that the portal started
  npm run fleet -- stop                         stop the whole fleet
  npm run fleet -- run                          run the fleet here ("npm run dev" does it)

Options of all commands
  --data <folder>          where the fleet keeps its data (default .local/fleet)
Options of run
  --portal <url>           the portal's backend (default http://127.0.0.1:7007)
  --control-port <port>    default 7010
  --port-base <port>       first of the 200 ports for services and databases (default 7100)
  --no-telemetry           run without a portal
  --demo <starter>         the demo service: request-tracker (default) or storefront
  --no-demo                run without the demo service
`;

const options = {
  data: { type: 'string' },
  portal: { type: 'string' },
  'control-port': { type: 'string' },
  'port-base': { type: 'string' },
  'no-telemetry': { type: 'boolean' },
  demo: { type: 'string' },
  'no-demo': { type: 'boolean' },
  service: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The command line is invalid. */
class UsageError extends Error {}

type Values = ReturnType<typeof parse>['values'];

interface Context {
  repositoryRoot: string;
  defaultDirectory: string;
  renderStarter: RenderStarter;
}

/**
 * The command line of the local fleet.
 *
 * @param args - without `node` and the script
 * @param context - the repository's location and its template
 * @returns the exit code
 */
export async function main(args: string[], context: Context): Promise<number> {
  let parsed;
  try {
    parsed = parse(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const [command] = positionals;
  if (values.help || !command) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const action = createCommands(values, positionals, context)[command];
  if (!action) {
    console.error(`Unknown command "${command}".\n\n${USAGE}`);
    return 2;
  }
  try {
    const output = await action();
    if (output) console.log(output);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof UsageError ? 2 : 1;
  }
}

function parse(args: string[]) {
  return parseArgs({ args, options, allowPositionals: true });
}

type Commands = Record<string, () => Promise<string | void>>;

function createCommands(
  values: Values,
  [command, ...rest]: readonly string[],
  context: Context,
): Commands {
  const directory = values.data ?? context.defaultDirectory;
  const client = new FleetClient(directory);
  const one = (what: string) => {
    if (rest.length !== 1) throw new UsageError(`${command} needs ${what}`);
    return rest[0];
  };
  return {
    ...fleetCommands({ client, values, directory, context }),
    ...failureCommands(client, one),
    ...serviceCommands(client, one, values),
  };
}

/** The whole fleet. */
function fleetCommands(using: {
  client: FleetClient;
  values: Values;
  directory: string;
  context: Context;
}): Commands {
  const { client, values, directory, context } = using;
  return {
    run: () =>
      run({
        ...context,
        directory,
        portalUrl: values.portal ?? 'http://127.0.0.1:7007',
        controlPort: readPort('control-port', values['control-port'], 7010),
        portBase: readPort('port-base', values['port-base'], 7100),
        telemetry: !values['no-telemetry'],
        demo: values['no-demo'] ? undefined : readDemo(values.demo),
      }),
    status: async () => {
      const state = await client.state();
      return values.json
        ? JSON.stringify(state, null, 2)
        : formatState(state, new Date());
    },
    stop: async () => {
      await client.stop();
      return 'The local fleet is stopping.';
    },
  };
}

/** Failures to try out. */
function failureCommands(
  client: FleetClient,
  one: (what: string) => string,
): Commands {
  return {
    kill: async () => {
      const { instanceId } = await client.kill(one('the id of an instance'));
      return `Killed ${instanceId}. Its target becomes unhealthy and is replaced within seconds.`;
    },
    'stop-zone': async () => {
      const zone = one('the name of a zone');
      await client.stopZone(zone);
      return `Zone ${zone} is down.`;
    },
    'start-zone': async () => {
      const zone = one('the name of a zone');
      await client.startZone(zone);
      return `Zone ${zone} is back.`;
    },
    'db-failover': async () => {
      await client.failOverDatabase();
      return 'The primary database is down. The standby takes over within seconds.';
    },
  };
}

/** Single services. */
function serviceCommands(
  client: FleetClient,
  one: (what: string) => string,
  values: Values,
): Commands {
  return {
    load: async () => {
      const text = one('a number: requests per second, or visitors');
      const { service, amount, unit } = await client.setLoad(
        Number(text),
        values.service,
      );
      return unit === 'visitors'
        ? `${service} now has up to ${amount} visitors; their number rises and falls.`
        : `${service} now gets ${amount} requests per second.`;
    },
    'start-service': async () => {
      const name = one('the name of a service');
      await client.startService(name);
      return `${name} is starting. "npm run fleet -- status" shows its progress.`;
    },
    'stop-service': async () => {
      const name = one('the name of a service');
      await client.stopService(name);
      return `${name} is stopped.`;
    },
    'remove-service': async () => {
      const name = one('the name of a service');
      await client.removeService(name);
      return `${name} is removed from the fleet.`;
    },
  };
}

function readDemo(starter = 'request-tracker'): DemoStarter {
  const known = demoStarters.find(name => name === starter);
  if (known) return known;
  throw new UsageError(
    `--demo must be ${demoStarters.join(' or ')}, but is '${starter}'`,
  );
}

function readPort(
  name: string,
  text: string | undefined,
  fallback: number,
): number {
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
    throw new UsageError(`--${name} must be a port between 1024 and 65000`);
  }
  return port;
}
