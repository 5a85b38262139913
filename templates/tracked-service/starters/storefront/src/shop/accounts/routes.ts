import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { requireUser, clientOf, userOf } from '../sessions/sessionOfRequest.js';
import type { SessionStore } from '../sessions/SessionStore.js';
import type { SignIn } from '../sessions/SignIn.js';
import { text } from '../text.js';
import type { AccountStore } from './AccountStore.js';
import { AddressesSchema, NewPasswordSchema, UserSchema } from './types.js';

const ProfileSchema = Type.Object({
  user: UserSchema,
  addresses: AddressesSchema,
});

/** The user's own profile. */
export const profileRoutes: FastifyPluginAsyncTypebox<{
  accounts: AccountStore;
  sessions: SessionStore;
  signIn: SignIn;
}> = async (app, { accounts, sessions, signIn }) => {
  app.addHook('onRequest', requireUser);

  app.get(
    '/api/profile',
    { schema: { summary: 'The profile', response: { 200: ProfileSchema } } },
    async request => {
      const user = userOf(request);
      return { user, addresses: await accounts.addresses(user.id) };
    },
  );

  app.patch(
    '/api/profile',
    {
      schema: {
        summary: 'Change the name',
        body: Type.Object(
          { name: text(1, 100) },
          { additionalProperties: false },
        ),
        response: { 200: UserSchema },
      },
    },
    async request => {
      const user = userOf(request);
      const name = request.body.name.trim();
      await accounts.rename(user.id, name);
      return { ...user, name };
    },
  );

  app.put(
    '/api/profile/addresses',
    {
      schema: {
        summary: 'Replace the addresses',
        body: AddressesSchema,
        response: { 200: AddressesSchema },
      },
    },
    async request => {
      await accounts.replaceAddresses(userOf(request).id, request.body);
      return request.body;
    },
  );

  app.put(
    '/api/profile/password',
    {
      schema: {
        summary: 'Change the password and sign out all other devices',
        body: Type.Object(
          {
            current: Type.String({ minLength: 1, maxLength: 128 }),
            new: NewPasswordSchema,
          },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { email, id } = userOf(request);
      const { current, new: password } = request.body;
      await signIn.verify({ email, password: current }, clientOf(request));
      await accounts.setPassword(id, password);
      await sessions.endAll(id, request.session?.id);
      return reply.code(204).send(null);
    },
  );
};
