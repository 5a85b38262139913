import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Counts up from 1; far below the largest safe integer of JavaScript. */
export const counter = (name: string) => bigint(name, { mode: 'number' });
