import { v7 as uuidv7 } from 'uuid';
import type {
  CreateResult,
  ListOptions,
  NewRequest,
  RequestStatus,
  RequestStore,
  RequestWithEvents,
  TrackedRequest,
} from '../../src/requests/types.js';

/** Keeps requests in memory, for tests of the layers above the store. */
export class MemoryRequestStore implements RequestStore {
  readonly #requests: RequestWithEvents[] = [];
  /** If set, every call fails with it. */
  failure: Error | undefined;

  async create(input: NewRequest): Promise<CreateResult> {
    this.#throwFailure();
    const request: TrackedRequest = {
      id: uuidv7(),
      subject: input.subject,
      requester: input.requester,
      details: input.details ?? '',
      status: 'open',
      handledBy: { instanceId: 'test-1', zone: 'test-a' },
      createdAt: new Date().toISOString(),
    };
    this.#requests.unshift({ ...request, events: [] });
    return { request, replayed: false };
  }

  async find(id: string): Promise<RequestWithEvents | undefined> {
    this.#throwFailure();
    return this.#requests.find(request => request.id === id);
  }

  async list(options: ListOptions): Promise<TrackedRequest[]> {
    this.#throwFailure();
    return this.#requests.slice(0, options.limit);
  }

  async changeStatus(
    id: string,
    status: RequestStatus,
  ): Promise<RequestWithEvents | undefined> {
    this.#throwFailure();
    const index = this.#requests.findIndex(request => request.id === id);
    const found = this.#requests[index];
    if (!found) return undefined;
    const changed = { ...found, status };
    this.#requests[index] = changed;
    return changed;
  }

  #throwFailure(): void {
    if (this.failure) throw this.failure;
  }
}
