import { Type } from 'typebox';

const attempts = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 1, maximum: 1_000_000 });

/** Settings of the storefront; `docs/configuration.md` explains each of them. */
export const settings = Type.Object({
  SESSION_COOKIE_SECURE: Type.Optional(Type.Boolean()),
  SIGN_IN_FAILURES_PER_ACCOUNT: attempts(10),
  SIGN_IN_FAILURES_PER_ADDRESS: attempts(100),
  GUESTS_PER_ADDRESS: attempts(3_000),
  SIGN_UPS_PER_ADDRESS: attempts(500),
  SAMPLE_PERIOD_MS: Type.Integer({
    default: 3_000,
    minimum: 500,
    maximum: 60_000,
  }),
  DEMO_CATALOGUE: Type.Optional(Type.Boolean()),
  ACTIVE_USERS_WINDOW_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    maximum: 86_400,
  }),
});
