import { hash, verify } from '@node-rs/argon2';

// argon2id is the library's default algorithm; the costs are those that OWASP recommends (19 MiB, two passes).
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, costs);

/** A hash that no password matches, with the same costs. */
let nobody: Promise<string> | undefined;

/**
 * Whether the password matches. An unknown account takes as long as a known one, so that the response time does not show
 * which accounts exist.
 */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await nobody), password);
  return Boolean(passwordHash) && matches;
}
