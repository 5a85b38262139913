import { Type } from 'typebox';
import { port } from '../config/settingTypes.js';

const attempts = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 1, maximum: 1_000_000 });

/** Settings of the notifications service; `docs/notification-settings.md` explains each of them. */
export const settings = Type.Object({
  SESSION_COOKIE_SECURE: Type.Optional(Type.Boolean()),
  SIGN_IN_FAILURES_PER_ACCOUNT: attempts(10),
  SIGN_IN_FAILURES_PER_ADDRESS: attempts(100),
  NOTIFICATIONS_PER_MINUTE: attempts(3_000),
  EVENT_RETENTION_DAYS: Type.Optional(
    Type.Integer({ minimum: 7, maximum: 3_650 }),
  ),

  WORKER: Type.Optional(Type.Enum(['child', 'separate'])),
  WORKER_PORT: port(8081),

  KAFKA_BROKERS: Type.Optional(Type.String()),
  KAFKA_REPLICAS: Type.Integer({ default: 1, minimum: 1, maximum: 10 }),
  KAFKA_SSL: Type.Enum(['disable', 'verify-full'], { default: 'disable' }),
  KAFKA_USERNAME: Type.Optional(Type.String()),
  KAFKA_PASSWORD: Type.Optional(Type.String()),
  KAFKA_SECRET_ARN: Type.Optional(Type.String()),

  REDIS_URL: Type.Optional(Type.String()),
  REDIS_SECRET_ARN: Type.Optional(Type.String()),

  USER_DIRECTORY_URL: Type.Optional(Type.String()),
  USER_DIRECTORY_TOKEN: Type.Optional(Type.String()),
});
