import { ProblemError } from '../http/ProblemError.js';

/** A request that the service refuses, with what the caller can do about it. */
export class Refusal extends ProblemError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    detail: string,
    headers: Record<string, string> = {},
  ) {
    super({ status, title, detail });
    this.headers = headers;
  }
}

/** Also for what belongs to somebody else: its existence is not disclosed. */
export const notFound = (what: string) =>
  new Refusal(404, 'Not found', `There is no such ${what}`);

export const signInFirst = () =>
  new Refusal(401, 'Not signed in', 'Sign in to do this');
