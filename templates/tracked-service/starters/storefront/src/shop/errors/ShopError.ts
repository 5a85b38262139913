import { ProblemError } from '../../http/ProblemError.js';

/** A request that the shop refuses, with what the caller can do about it. */
export class ShopError extends ProblemError {
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
  new ShopError(404, 'Not found', `There is no such ${what}`);

export const conflict = (title: string, detail: string) =>
  new ShopError(409, title, detail);

export const signInFirst = () =>
  new ShopError(401, 'Not signed in', 'Sign in to do this');
