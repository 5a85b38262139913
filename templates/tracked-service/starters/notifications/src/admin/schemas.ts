import { Type, type TSchema } from 'typebox';

const orUnknown = <T extends TSchema>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const moment = Type.String({ format: 'date-time' });

export const FiguresSchema = Type.Object({
  outbox: orUnknown(
    Type.Object({
      waiting: Type.Integer(),
      oldestSeconds: orUnknown(Type.Number()),
    }),
  ),
  consumerLag: orUnknown(Type.Integer()),
  deadLetters: orUnknown(Type.Object({ open: Type.Integer() })),
  cache: Type.Object({
    hits: Type.Integer(),
    misses: Type.Integer(),
    errors: Type.Integer(),
  }),
  sockets: Type.Object({
    socketIo: Type.Integer(),
    serverSentEvents: Type.Integer(),
  }),
  jobs: orUnknown(
    Type.Object({
      waiting: Type.Integer(),
      active: Type.Integer(),
      delayed: Type.Integer(),
      failed: Type.Integer(),
    }),
  ),
});

export const ReportsSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date' }),
      accepted: Type.Integer(),
      delivered: Type.Integer(),
      read: Type.Integer(),
    }),
  ),
});

export const DeadLettersSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      topic: Type.String(),
      partition: Type.Integer(),
      offset: Type.Integer(),
      key: Type.String(),
      value: Type.String(),
      reason: Type.String(),
      attempts: Type.Integer(),
      failedAt: moment,
      replayedAt: orUnknown(moment),
    }),
  ),
});
