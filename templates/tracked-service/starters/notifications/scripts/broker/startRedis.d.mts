export interface RedisServer {
  readonly port: number;
  readonly url: string;
  signal(signal: NodeJS.Signals): void;
  stop(signal?: NodeJS.Signals): Promise<void>;
}
export function missingForRedis(): string | undefined;
export function startRedis(options: { port: number }): Promise<RedisServer>;
