import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { AccountStore } from '../accounts/AccountStore.js';
import {
  EmailSchema,
  NewPasswordSchema,
  UserSchema,
} from '../accounts/types.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import { text } from '../text.js';
import type { SessionCookie } from './SessionCookie.js';
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
const CurrentSchema = Type.Object({
  user: Type.Union([UserSchema, Type.Null()]),
});

const signUpsPerAddress = { maximum: 100, windowSeconds: 3_600 };

export interface SessionRoutesOptions {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly signIn: SignIn;
  readonly cookie: SessionCookie;
  readonly limiter: AttemptLimiter;
}

/** Sign-up, sign-in and sign-out. */
export const sessionRoutes: FastifyPluginAsyncTypebox<
  SessionRoutesOptions
> = async (app, { accounts, sessions, signIn, cookie, limiter }) => {
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
        ...signUpsPerAddress,
      });
      const user = await accounts.create(request.body);
      cookie.write(reply, await sessions.create(user.id));
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
      const user = await signIn.verify(request.body, request.ip);
      // A new token at each sign-in: one that somebody planted before is worthless.
      cookie.write(reply, await sessions.create(user.id));
      return user;
    },
  );

  app.get(
    '/api/session',
    {
      schema: { summary: 'Who is signed in', response: { 200: CurrentSchema } },
    },
    async request => ({ user: request.session?.user ?? null }),
  );

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out', response: { 204: Type.Null() } } },
    async (request, reply) => {
      if (request.session) await sessions.delete(request.session.id);
      cookie.clear(reply);
      return reply.code(204).send(null);
    },
  );
};
