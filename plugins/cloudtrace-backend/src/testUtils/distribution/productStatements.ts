import type { Knex } from 'knex';

/** Functions that run the statements of others. */
const RUNNERS = /\/database\/queryRows\.ts|\/testUtils\/distribution\//;
const OF_TESTS = /\.test\.ts|\/testUtils\/|\/tests\//;
const OF_PRODUCT = /\/cloudtrace-backend\/src\//;

/**
 * Calls back for each statement that the product composes from now on, on any
 * connection of this test file. The statements of tests themselves are left
 * out.
 */
export function onProductStatement(
  knex: Knex,
  callback: (sql: string) => void,
): void {
  const { prototype } = knex.client.constructor;
  if (Object.hasOwn(prototype, 'raw')) return;
  const { raw } = prototype;
  prototype.raw = function watchedRaw(...args: unknown[]) {
    const statement = raw.apply(this, args);
    // Other arguments are parts of statements.
    if (typeof args[0] === 'string' && isCalledByProduct()) {
      callback(statement.toSQL().toNative().sql);
    }
    return statement;
  };
}

function isCalledByProduct(): boolean {
  const frames = (new Error('to read its stack').stack ?? '').split('\n');
  const caller = frames.find(
    frame => OF_PRODUCT.test(frame) && !RUNNERS.test(frame),
  );
  return caller !== undefined && !OF_TESTS.test(caller);
}
