import type { Config } from '@backstage/config';

/** Called with the path of each key that is read; list items are `[]`. */
export type ReadListener = (path: string) => void;

/** A config that reports every key that is read, also in nested blocks. */
export function recordReads(
  config: Config,
  onRead: ReadListener,
  prefix = '',
): Config {
  const at = (key: string) => (prefix ? `${prefix}.${key}` : key);
  const wrap = (result: unknown, path: string): unknown => {
    if (Array.isArray(result)) {
      return result.map(item => wrap(item, `${path}[]`));
    }
    return isConfig(result) ? recordReads(result, onRead, path) : result;
  };
  return new Proxy(config, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (key?: string) => {
        if (key === undefined) return member.call(target);
        onRead(at(key));
        return wrap(member.call(target, key), at(key));
      };
    },
  });
}

function isConfig(value: unknown): value is Config {
  return (
    typeof (value as Config | undefined)?.getOptionalConfigArray === 'function'
  );
}
