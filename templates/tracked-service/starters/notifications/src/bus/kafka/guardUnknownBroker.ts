type Callback = (error: Error) => void;
type GetConnection = (broker: object | undefined, callback: Callback) => void;

const method = 'plt.kafka.base.getConnection';

/**
 * Lets a client of `@platformatic/kafka` survive a broker that is starting: while the group's coordinator is not known, 1.x
 * opens a connection to `undefined` and throws outside of any promise, which would end the process. With this, the
 * operation fails and is retried.
 */
export function guardUnknownBroker<T extends object>(client: T): T {
  const name = symbolsOf(client).find(
    ({ description }) => description === method,
  );
  if (!name) return client;
  const open = (Reflect.get(client, name) as GetConnection).bind(client);
  const guarded: GetConnection = (broker, callback) => {
    if (broker) open(broker, callback);
    else callback(new Error('The broker is not known yet'));
  };
  Object.defineProperty(client, name, { value: guarded });
  return client;
}

function symbolsOf(client: object): symbol[] {
  const parent = Object.getPrototypeOf(client) as object | null;
  const own = Object.getOwnPropertySymbols(client);
  return parent ? [...own, ...symbolsOf(parent)] : own;
}
