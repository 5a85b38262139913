import type { AccountStore } from '../accounts/AccountStore.js';
import { normalizeEmail } from '../accounts/AccountStore.js';
import { verifyPassword } from '../accounts/passwords.js';
import type { User } from '../accounts/types.js';
import type { CartStore } from '../cart/CartStore.js';
import { ShopError } from '../errors/ShopError.js';
import type { AttemptLimit, AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { Client, Session, SessionStore } from './SessionStore.js';

const windowSeconds = 15 * 60;

export interface SignInOptions {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly carts: CartStore;
  readonly limiter: AttemptLimiter;
  readonly failuresPerAccount: number;
  readonly failuresPerAddress: number;
}

/** Signs users in: limits guessing, and starts a new session whenever a visitor's rights change. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** @throws ShopError 401 for a wrong password and for an unknown account alike; 429 after too many failures. */
  async verify(
    credentials: { email: string; password: string },
    client: Client,
  ): Promise<User> {
    const { accounts, limiter } = this.#options;
    const [perAccount, perAddress] = this.#limits(credentials.email, client);
    await limiter.count(perAddress);
    await limiter.count(perAccount);

    const account = await accounts.findByEmail(credentials.email);
    const matches = await verifyPassword(
      account?.passwordHash,
      credentials.password,
    );
    if (!account || !matches) {
      throw new ShopError(
        401,
        'Sign-in failed',
        'The email address or the password is wrong',
      );
    }
    await limiter.forget(perAccount.key);
    await limiter.takeBack(perAddress.key);
    return account.user;
  }

  /**
   * Replaces the visitor's session by a new one of this user: a token that somebody planted before is worthless.
   *
   * @returns the new token.
   */
  async start(
    user: User,
    client: Client,
    before: Session | undefined,
  ): Promise<string> {
    const { sessions, carts } = this.#options;
    return sessions.create(client, {
      userId: user.id,
      alongside: async queries => {
        if (!before) return;
        if (!before.user) await carts.adopt(queries, before.id, user.id);
        await sessions.delete(before.id, queries);
      },
    });
  }

  #limits(email: string, client: Client): [AttemptLimit, AttemptLimit] {
    const { failuresPerAccount, failuresPerAddress } = this.#options;
    return [
      {
        key: `sign-in account ${normalizeEmail(email)}`,
        maximum: failuresPerAccount,
        windowSeconds,
      },
      {
        key: `sign-in address ${client.ipAddress}`,
        maximum: failuresPerAddress,
        windowSeconds,
      },
    ];
  }
}
