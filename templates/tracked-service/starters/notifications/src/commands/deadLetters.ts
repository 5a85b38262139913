import { validate as isId } from 'uuid';
import type { StoredDeadLetter } from '../deadLetters/DeadLetterStore.js';
import type { Parts } from '../starter/createParts.js';
import { printUsage, readArguments, refuseArguments } from './readArguments.js';
import { runCommand } from './runCommand.js';

const usage = `Messages that could not be processed.

Usage: npm run dead-letters -- list                 shows the newest 200, with the reason
       npm run dead-letters -- replay <id>...       publishes these again
       npm run dead-letters -- replay --all         publishes all that were not replayed yet, oldest first
`;
const shown = 200;

const { positionals, values } = readArguments(usage, {
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [command, ...ids] = positionals;
const isReplay = command === 'replay' && values.all !== ids.length > 0;
if (values.help) printUsage(usage);
if (!(command === 'list' || isReplay)) {
  refuseArguments(reasonOf(command), usage);
}

await runCommand(command === 'list' ? list : replay);

function reasonOf(given: string | undefined): string {
  if (given === 'replay') return 'Name the ids to replay, or --all, not both.';
  return given ? `There is no command "${given}".` : 'The command is missing.';
}

async function list({ deadLetters }: Parts): Promise<string> {
  const letters = await deadLetters.list(shown);
  if (letters.length === 0) return 'There are no dead letters.';
  return letters.map(describe).join('\n');
}

async function replay({ deadLetters, adapters }: Parts): Promise<string> {
  const chosen = values.all ? await deadLetters.listOpenIds() : ids;
  const lines: string[] = [];
  for (const id of chosen) {
    const found = isId(id) && (await deadLetters.replay(id, adapters.eventBus));
    if (!found) process.exitCode = 1;
    lines.push(
      found
        ? `${id} was published again`
        : `There is no dead letter ${id}; "list" shows their ids`,
    );
  }
  return lines.join('\n') || 'There is nothing to replay.';
}

function describe(letter: StoredDeadLetter): string {
  const { id, topic, partition, offset, key, reason, attempts } = letter;
  const replayed = letter.replayedAt
    ? `, replayed ${letter.replayedAt.toISOString()}`
    : '';
  return `${id}  ${letter.failedAt.toISOString()}  ${topic}/${partition}/${offset}  key ${key}  ${attempts} attempts${replayed}\n  ${reason}`;
}
