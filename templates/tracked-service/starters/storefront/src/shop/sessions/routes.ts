import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { AccountStore } from '../accounts/AccountStore.js';
import {
  EmailSchema,
  NewPasswordSchema,
  UserSchema,
} from '../accounts/types.js';
import { notFound } from '../errors/ShopError.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import { text } from '../text.js';
import type { SessionCookie } from './sessionCookie.js';
import { clientOf, requireUser, userOf } from './sessionOfRequest.js';
import type { SessionStore } from './SessionStore.js';
import type { SignIn } from './SignIn.js';

const SignUpSchema = Type.Object(
  { email: EmailSchema, name: text(1, 100), password: NewPasswordSchema },
  { additionalProperties: false },
);
// An old password may be shorter than a new one must be.
const CredentialsSchema = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 128 }),
  },
  { additionalProperties: false },
);
const SessionsSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    lastSeenAt: Type.String({ format: 'date-time' }),
    ipAddress: Type.String(),
    userAgent: Type.String(),
    current: Type.Boolean(),
  }),
);
const CurrentSchema = Type.Object({
  user: Type.Union([UserSchema, Type.Null()]),
});
const Nothing = Type.Null();

const signUpWindowSeconds = 3_600;

/** Sign-up, sign-in, and the sessions of the user. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{
  accounts: AccountStore;
  sessions: SessionStore;
  signIn: SignIn;
  cookie: SessionCookie;
  limiter: AttemptLimiter;
  signUpsPerAddress: number;
}> = async (app, options) => {
  const { accounts, sessions, signIn, cookie, limiter, signUpsPerAddress } =
    options;
  app.post(
    '/api/accounts',
    {
      schema: {
        summary: 'Sign up',
        body: SignUpSchema,
        response: { 201: UserSchema },
      },
    },
    async (request, reply) => {
      await limiter.count({
        key: `sign-up ${request.ip}`,
        maximum: signUpsPerAddress,
        windowSeconds: signUpWindowSeconds,
      });
      const user = await accounts.create(request.body);
      const client = clientOf(request);
      cookie.write(reply, await signIn.start(user, client, request.session));
      return reply.code(201).send(user);
    },
  );

  app.post(
    '/api/session',
    {
      schema: {
        summary: 'Sign in',
        body: CredentialsSchema,
        response: { 200: UserSchema },
      },
    },
    async (request, reply) => {
      const client = clientOf(request);
      const user = await signIn.verify(request.body, client);
      cookie.write(reply, await signIn.start(user, client, request.session));
      return user;
    },
  );

  app.get(
    '/api/session',
    {
      schema: {
        summary: 'Who is signed in',
        response: { 200: CurrentSchema },
      },
    },
    async request => ({ user: request.session?.user ?? null }),
  );

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out', response: { 204: Nothing } } },
    async (request, reply) => {
      if (request.session) await sessions.delete(request.session.id);
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/sessions',
    {
      onRequest: requireUser,
      schema: {
        summary: 'Where the user is signed in',
        response: { 200: SessionsSchema },
      },
    },
    async request => {
      const found = await sessions.list(userOf(request).id);
      return found.map(session => ({
        ...session,
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
        current: session.id === request.session?.id,
      }));
    },
  );

  app.delete(
    '/api/sessions/:id',
    {
      onRequest: requireUser,
      schema: {
        summary: 'Sign out one device',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const ended = await sessions.end(userOf(request).id, request.params.id);
      if (!ended) throw notFound('session');
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/sessions',
    {
      onRequest: requireUser,
      schema: { summary: 'Sign out everywhere', response: { 204: Nothing } },
    },
    async (request, reply) => {
      await sessions.endAll(userOf(request).id);
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );
};
