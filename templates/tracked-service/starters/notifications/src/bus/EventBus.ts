/** A message on its way to a topic. Messages with the same key stay in order. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message and where it was found. */
export interface ReceivedMessage extends OutgoingMessage {
  readonly partition: number;
  /** Offsets start again in a topic that was recreated, or after a change of the bus. */
  readonly offset: number;
  readonly publishedAt: Date;
}

export interface SubscriptionOptions {
  readonly topic: string;
  readonly group: string;
  /** This process, within the group. */
  readonly member: string;
  readonly maxBatch: number;
  /**
   * Processes messages, in order for each key. They count as processed when it resolves; otherwise the same messages
   * arrive again. They may also arrive again after a rebalance or a crash.
   */
  handle(messages: readonly ReceivedMessage[]): Promise<void>;
}

export interface Subscription {
  /** Finishes the current batch and leaves the group. */
  close(): Promise<void>;
}

/** Topics with partitions and consumer groups: Kafka, or tables of PostgreSQL. */
export interface EventBus {
  readonly kind: 'postgresql' | 'kafka';
  /** Creates the topics that do not exist yet. */
  createTopics(topics: readonly Topic[]): Promise<void>;
  /** Resolves when all messages are stored durably; a failed call may have published some of them. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  subscribe(options: SubscriptionOptions): Subscription;
  /** How many messages of the topic the group has not processed yet. */
  lag(options: { topic: string; group: string }): Promise<number>;
  /** Resolves if the bus works now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface Topic {
  readonly name: string;
  readonly partitions: number;
}
