import { parseArgs } from 'node:util';
import { validate as isId } from 'uuid';
import type { StoredDeadLetter } from '../deadLetters/DeadLetterStore.js';
import type { Parts } from '../starter/createParts.js';
import { exitWithUsage, runCommand } from './runCommand.js';

const usage = `Messages that could not be processed.

Usage: npm run dead-letters -- list                 shows the newest 200, with the reason
       npm run dead-letters -- replay <id>...       publishes these again
       npm run dead-letters -- replay --all         publishes all that were not replayed yet, oldest first
`;
const shown = 200;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [command, ...ids] = positionals;
const isReplay = command === 'replay' && values.all !== ids.length > 0;
if (values.help || !(command === 'list' || isReplay)) {
  exitWithUsage(usage, values.help ? 0 : 2);
}

await runCommand(command === 'list' ? list : replay);

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
