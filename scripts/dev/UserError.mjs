/**
 * A problem that the user can solve: printed as one sentence with the next
 * step, without a stack trace.
 */
export class UserError extends Error {
  name = 'UserError';
}
