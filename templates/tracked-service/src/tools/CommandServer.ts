import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { search } from 'jmespath';

/** Answers commands in place of programs: what it returns is printed; if it throws, the program fails with the message. */
export type CommandHandler = (
  program: string,
  args: string[],
) => Promise<string> | string;

/** Replaces programs of a shell script by ones that ask a handler in this process. */
export class CommandServer {
  readonly #server: Server;

  constructor(handler: CommandHandler) {
    this.#server = createServer(socket => {
      // A program that was killed.
      socket.on('error', () => {});
      let received = '';
      socket.on('data', async chunk => {
        received += chunk;
        const [count, ...args] = received.split('\0');
        if (args.length <= Number(count)) return;
        const [program, ...rest] = args.slice(0, -1);
        try {
          socket.end(`0\n${await handler(program, rest)}`);
        } catch (error) {
          socket.end(`254\n${error}\n`);
        }
      });
    });
  }

  /** Writes the programs into a folder for the PATH. @returns the environment that they need */
  async install(
    folder: string,
    programs: readonly string[],
  ): Promise<Record<string, string>> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    mkdirSync(folder, { recursive: true });
    for (const name of programs) {
      const path = join(folder, name);
      writeFileSync(path, client(name));
      chmodSync(path, 0o755);
    }
    return { STAND_IN_PORT: String(port) };
  }

  async dispose(): Promise<void> {
    await new Promise(resolve => this.#server.close(resolve));
  }
}

/** A command of the AWS CLI, such as `ecs wait tasks-stopped`, and its options. */
export interface AwsCommand {
  command: string;
  options: Map<string, string>;
}

export function parseAwsCommand(args: readonly string[]): AwsCommand {
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const flag = args[index];
    if (flag.startsWith('--')) {
      const takesValue = args[index + 1] && !args[index + 1].startsWith('--');
      options.set(flag, takesValue ? args[(index += 1)] : '');
    } else {
      words.push(flag);
    }
  }
  // More words belong to an option with several values.
  const command = words.slice(0, words[1] === 'wait' ? 3 : 2).join(' ');
  return { command, options };
}

/** Prints a response like the AWS CLI: a query (JMESPath) as text, or JSON. */
export function printAwsResponse(
  response: unknown,
  options: Map<string, string>,
): string {
  const query = options.get('--query');
  const result = query ? search(response, query) : response;
  return options.get('--output') === 'json'
    ? JSON.stringify(result)
    : toText(result);
}

/** In the format of `--output text`. */
function toText(value: unknown): string {
  if (Array.isArray(value)) {
    return `${value.map(String).join('\t')}\n`;
  }
  return typeof value === 'object' && value !== null
    ? '\n'
    : `${value ?? 'None'}\n`;
}

/** In Bash: a script runs dozens of them, and Node.js takes a tenth of a second to start. */
function client(name: string): string {
  return `#!/usr/bin/env bash
exec 3<> "/dev/tcp/127.0.0.1/$STAND_IN_PORT"
printf '%s\\0' $(($# + 1)) ${name} "$@" >&3
read -r code <&3
if [[ $code == 0 ]]; then cat <&3; else cat <&3 >&2; fi
exit "$code"
`;
}
