import { eq, inArray, and, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { addresses, users } from '../database/schema.js';
import type { ShopDatabase } from '../database/ShopDatabase.js';
import { conflict } from '../errors/ShopError.js';
import { hashPassword } from './passwords.js';
import type { Addresses, User } from './types.js';

const publicColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
};
const kinds = ['shipping', 'billing'] as const;

/** Accounts and their addresses. */
export class AccountStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  /** @throws ShopError 409 if the address already has an account. */
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
      role: options.role ?? 'customer',
    };
    const passwordHash = await hashPassword(options.password);
    const { queries } = this.#database;
    await queries
      .insert(users)
      .values({ ...user, passwordHash })
      .onConflictDoNothing();
    // The id tells whether the row is ours: the insert may be a repetition of one whose response was lost.
    const stored = await this.findByEmail(user.email);
    if (stored?.user.id !== user.id) {
      throw conflict(
        'Account exists',
        'There is already an account for this email address. Sign in instead',
      );
    }
    return user;
  }

  async findByEmail(
    email: string,
  ): Promise<{ user: User; passwordHash: string } | undefined> {
    const [row] = await this.#database.queries
      .select({ user: publicColumns, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.email, normalizeEmail(email)));
    return row;
  }

  async rename(userId: string, name: string): Promise<void> {
    await this.#database.queries
      .update(users)
      .set({ name: name.trim() })
      .where(eq(users.id, userId));
  }

  async setPassword(userId: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.#database.queries
      .update(users)
      .set({ passwordHash })
      .where(eq(users.id, userId));
  }

  async makeAdmin(userId: string): Promise<void> {
    await this.#database.queries
      .update(users)
      .set({ role: 'admin' })
      .where(eq(users.id, userId));
  }

  async addresses(userId: string): Promise<Addresses> {
    const rows = await this.#database.queries
      .select({ kind: addresses.kind, address: addresses.address })
      .from(addresses)
      .where(eq(addresses.userId, userId));
    return Object.fromEntries(rows.map(row => [row.kind, row.address]));
  }

  /** Replaces all addresses of the user. */
  async replaceAddresses(userId: string, given: Addresses): Promise<void> {
    const kept = kinds.flatMap(kind => {
      const address = given[kind];
      return address ? [{ userId, kind, address }] : [];
    });
    const removed = kinds.filter(kind => !given[kind]);
    await this.#database.transaction(async queries => {
      await queries
        .delete(addresses)
        .where(
          and(eq(addresses.userId, userId), inArray(addresses.kind, removed)),
        );
      if (kept.length === 0) return;
      await queries
        .insert(addresses)
        .values(kept)
        .onConflictDoUpdate({
          target: [addresses.userId, addresses.kind],
          set: { address: sql`excluded.address` },
        });
    });
  }
}

export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
