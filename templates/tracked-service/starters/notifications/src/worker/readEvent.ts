import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ReceivedMessage } from '../bus/EventBus.js';
import {
  eventTypes,
  eventVersion,
  NotificationContentSchema,
} from '../events/types.js';

const place = {
  userId: Type.String({ format: 'uuid' }),
  notificationId: Type.String({ format: 'uuid' }),
  eventId: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ minimum: 1 }),
};
const EventSchema = Type.Union([
  Type.Object({
    ...place,
    type: Type.Literal(eventTypes.created),
    data: NotificationContentSchema,
  }),
  Type.Object({ ...place, type: Type.Literal(eventTypes.read) }),
]);
export type ConsumedEvent = Static<typeof EventSchema>;

const event = Compile(EventSchema);
const envelope = Compile(
  Type.Object({
    type: Type.String(),
    version: Type.Integer({ minimum: 1 }),
  }),
);
const knownTypes: readonly string[] = [eventTypes.created, eventTypes.read];
const longestShown = 100;

/** A message that this release cannot understand; more attempts would not help. */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError';
}

/** @throws UnreadableMessageError that says why. */
export function readEvent(message: ReceivedMessage): ConsumedEvent {
  const content = parse(message.value);
  if (!envelope.Check(content)) {
    throw new UnreadableMessageError(
      'The message is no event: type and version are missing or invalid',
    );
  }
  const { type, version } = content;
  const shown = type.slice(0, longestShown);
  if (!knownTypes.includes(type)) {
    throw new UnreadableMessageError(`The event type "${shown}" is unknown`);
  }
  if (version > eventVersion) {
    throw new UnreadableMessageError(
      `Version ${version} of "${shown}" is newer than this release, which understands ${eventVersion}. Replay it after an update`,
    );
  }
  if (!event.Check(content)) {
    throw new UnreadableMessageError(
      `The event "${shown}" is invalid: ${describe(content)}`,
    );
  }
  return content;
}

function parse(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString()) as unknown;
  } catch {
    throw new UnreadableMessageError('The message is not JSON');
  }
}

function describe(content: { type: string }): string {
  const expected = content.type === eventTypes.created ? 0 : 1;
  const [problem] = Compile(EventSchema.anyOf[expected]).Errors(content);
  return problem
    ? `${problem.instancePath || '/'} ${problem.message}`
    : 'wrong';
}
