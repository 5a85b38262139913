import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Reads the arguments of a command; a wrong one ends the process. */
export function readArguments<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    return refuseArguments((error as Error).message, usage);
  }
}

/** @returns the address of `--email` */
export function readEmail(given: string | undefined, usage: string): string {
  if (given === undefined) refuseArguments('--email is missing.', usage);
  const email = given.trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    refuseArguments(`--email: "${given}" is not an email address.`, usage);
  }
  return email;
}

/** Says what is wrong and how the command is used, and ends the process with code 2. */
export function refuseArguments(reason: string, usage: string): never {
  process.stderr.write(`${reason}\n\n${usage}`);
  process.exit(2);
}

/** Answers `--help` and ends the process. */
export function printUsage(usage: string): never {
  process.stdout.write(usage);
  process.exit(0);
}
