/** A response that is not 2xx, in the service's own words; status 0 means that there was none. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  /** Nothing was decided: another instance, or the same one in a moment, can answer. */
  get temporary(): boolean {
    return [0, 502, 503, 504].includes(this.status);
  }
}

const mostRetries = 8;

/** Every write is safe to repeat, so a lost instance costs a moment and nothing else. */
export function shouldRetry(failures: number, error: Error): boolean {
  return error instanceof ApiError && error.temporary && failures < mostRetries;
}
