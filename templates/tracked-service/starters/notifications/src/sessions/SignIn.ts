import { normalizeEmail, type AccountStore } from '../accounts/AccountStore.js';
import { verifyPassword } from '../accounts/passwords.js';
import type { User } from '../accounts/types.js';
import { Refusal } from '../errors/Refusal.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';

/** Under which the limiter counts failures for an account. */
export const accountKeyOf = (email: string) =>
  `sign-in account ${normalizeEmail(email)}`;

const windowSeconds = 15 * 60;

/** Verifies passwords, and limits guessing. */
export class SignIn {
  readonly #options: {
    readonly accounts: AccountStore;
    readonly limiter: AttemptLimiter;
    readonly failuresPerAccount: number;
    readonly failuresPerAddress: number;
  };

  constructor(options: {
    accounts: AccountStore;
    limiter: AttemptLimiter;
    failuresPerAccount: number;
    failuresPerAddress: number;
  }) {
    this.#options = options;
  }

  /** @throws Refusal 401 for a wrong password and for an unknown account alike; 429 after too many failures. */
  async verify(
    credentials: { email: string; password: string },
    ipAddress: string,
  ): Promise<User> {
    const { accounts, limiter, failuresPerAccount, failuresPerAddress } =
      this.#options;
    const accountKey = accountKeyOf(credentials.email);
    const addressKey = `sign-in address ${ipAddress}`;
    await limiter.count({
      key: addressKey,
      maximum: failuresPerAddress,
      windowSeconds,
    });
    await limiter.count({
      key: accountKey,
      maximum: failuresPerAccount,
      windowSeconds,
    });
    const account = await accounts.findByEmail(credentials.email);
    const matches = await verifyPassword(
      account?.passwordHash,
      credentials.password,
    );
    if (!account || !matches) {
      throw new Refusal(
        401,
        'Sign-in failed',
        'The email address or the password is wrong',
      );
    }
    await limiter.forget(accountKey);
    await limiter.takeBack(addressKey);
    return account.user;
  }
}
