import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { FleetChanges } from '../../protocol/types';
import type { JournalEvent, JournalRecord } from './types';

const KEPT_RECORDS = 20_000;
const KEPT_MS = 7 * 24 * 3600_000;

/**
 * The history of the fleet, one JSON document per line. It survives restarts
 * and is bounded in age and number, so that the portal can fetch later what it
 * missed.
 */
export class Journal {
  readonly #file: string | undefined;
  readonly #now: () => Date;
  readonly #waiting = new Set<() => void>();
  #records: JournalRecord[] = [];
  #position = 0;

  /** @param options - without `file` the journal is kept in memory only */
  constructor(options: { file?: string; now?: () => Date } = {}) {
    this.#file = options.file;
    this.#now = options.now ?? (() => new Date());
    if (this.#file) this.#load(this.#file);
  }

  get position(): number {
    return this.#position;
  }

  append(event: JournalEvent): JournalRecord {
    const record: JournalRecord = {
      ...event,
      position: ++this.#position,
      at: this.#now().toISOString(),
    };
    this.#records.push(record);
    if (this.#records.length > KEPT_RECORDS * 1.2) {
      this.#records = this.#records.slice(-KEPT_RECORDS);
    }
    this.#persist(record);
    for (const wake of [...this.#waiting]) wake();
    return record;
  }

  /** Records of one kind since a time, oldest first. */
  since<K extends JournalRecord['kind']>(
    kind: K,
    from?: Date,
  ): Array<Extract<JournalRecord, { kind: K }>> {
    const fromIso = from?.toISOString() ?? '';
    return this.#records.filter(
      (record): record is Extract<JournalRecord, { kind: K }> =>
        record.kind === kind && record.at >= fromIso,
    );
  }

  /** What changed after a position: only names, as a hint to poll again. */
  changesAfter(position: number): FleetChanges {
    const services = new Set<string>();
    let database = false;
    for (const record of this.#records) {
      if (record.position <= position) continue;
      if (record.kind === 'database') database = true;
      else if (record.service) services.add(record.service);
    }
    return { cursor: this.#position, services: [...services], database };
  }

  /** Resolves when a record is appended after the position, or at the timeout. */
  async waitForChange(position: number, timeoutMs: number): Promise<void> {
    if (this.#position > position) return;
    await new Promise<void>(resolve => {
      let timer: NodeJS.Timeout | undefined = undefined;
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }

  /**
   * A full disk must not stop the fleet; an unwritten record is kept in memory
   * until the end of this run.
   */
  #persist(record: JournalRecord) {
    if (!this.#file) return;
    try {
      appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
    } catch {
      // The portal polls within seconds and stores what it gets.
    }
  }

  #load(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    const oldest = new Date(this.#now().getTime() - KEPT_MS).toISOString();
    const records = readLines(file);
    this.#position = records.reduce(
      (max, record) => Math.max(max, record.position),
      0,
    );
    this.#records = records
      .filter(record => record.at >= oldest)
      .slice(-KEPT_RECORDS);
    const temporary = `${file}.new`;
    writeFileSync(
      temporary,
      this.#records.map(record => `${JSON.stringify(record)}\n`).join(''),
    );
    renameSync(temporary, file);
  }
}

/** Reads the records; skips a last line that a kill cut off. */
function readLines(file: string): JournalRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap(line => {
    try {
      const record: JournalRecord = JSON.parse(line);
      return typeof record.position === 'number' ? [record] : [];
    } catch {
      return [];
    }
  });
}
