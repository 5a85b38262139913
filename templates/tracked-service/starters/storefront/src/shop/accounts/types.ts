import { Type, type Static } from 'typebox';
import { text } from '../text.js';

export const EmailSchema = Type.String({
  maxLength: 254,
  format: 'email',
});

/** Long passwords cost hashing time, so there is a maximum; there are no rules about characters (NIST SP 800-63B). */
export const NewPasswordSchema = Type.String({ minLength: 10, maxLength: 128 });

export const AddressSchema = Type.Object(
  {
    name: text(1, 100),
    line1: text(1, 200),
    line2: Type.Optional(text(0, 200)),
    postalCode: text(1, 20),
    city: text(1, 100),
    region: Type.Optional(text(0, 100)),
    country: Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'ISO 3166-1 code, such as DE',
    }),
  },
  { additionalProperties: false },
);
export type Address = Static<typeof AddressSchema>;

export const AddressesSchema = Type.Object(
  {
    shipping: Type.Optional(AddressSchema),
    billing: Type.Optional(AddressSchema),
  },
  { additionalProperties: false },
);
export type Addresses = Static<typeof AddressesSchema>;

export const UserSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: Type.String(),
  name: Type.String(),
  role: Type.Enum(['customer', 'admin']),
});
export type User = Static<typeof UserSchema>;
