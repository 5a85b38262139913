import { Type, type Static } from 'typebox';

export const EmailSchema = Type.String({ maxLength: 254, format: 'email' });

/** Long passwords cost hashing time, so there is a maximum; there are no rules about characters (NIST SP 800-63B). */
export const NewPasswordSchema = Type.String({ minLength: 10, maxLength: 128 });

export const UserSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: Type.String(),
  name: Type.String(),
  role: Type.Enum(['user', 'admin']),
});
export type User = Static<typeof UserSchema>;
