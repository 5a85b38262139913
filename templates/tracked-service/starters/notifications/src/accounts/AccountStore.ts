import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { Refusal } from '../errors/Refusal.js';
import { eventStreams, users } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { hashPassword } from './passwords.js';
import type { User } from './types.js';

const publicColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
};

/** The users of the service. */
export class AccountStore {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /** @throws Refusal 409 if the address already has an account. */
  async create(options: {
    email: string;
    name: string;
    password: string;
    role?: User['role'];
  }): Promise<User> {
    const user: User = {
      id: uuid(),
      email: normalizeEmail(options.email),
      name: options.name.trim(),
      role: options.role ?? 'user',
    };
    const passwordHash = await hashPassword(options.password);
    await this.#database.transaction(async queries => {
      const inserted = await queries
        .insert(users)
        .values({ ...user, passwordHash })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (inserted.length === 0) return;
      await queries.insert(eventStreams).values({ userId: user.id });
    });
    // The id tells whether the row is ours: the transaction may be a repetition of one whose response was lost.
    const stored = await this.findByEmail(user.email);
    if (stored?.user.id !== user.id) {
      throw new Refusal(
        409,
        'Account exists',
        'There is already an account for this email address. Sign in instead',
      );
    }
    return user;
  }

  async findByEmail(
    email: string,
  ): Promise<{ user: User; passwordHash: string | null } | undefined> {
    const [row] = await this.#database.queries
      .select({ user: publicColumns, passwordHash: users.passwordHash })
      .from(users)
      .where(and(eq(users.email, normalizeEmail(email)), users.active));
    return row;
  }

  async makeAdmin(userId: string): Promise<void> {
    await this.#database.queries
      .update(users)
      .set({ role: 'admin' })
      .where(eq(users.id, userId));
  }
}

export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
