export interface KafkaBroker {
  readonly port: number;
  readonly directory: string;
  readonly brokers: string;
  readonly pid: number | undefined;
  stop(signal?: NodeJS.Signals): Promise<void>;
}
export function startKafka(options: {
  port: number;
  directory: string;
}): Promise<KafkaBroker>;
