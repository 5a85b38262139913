/** A problem that the user can solve: shown as one sentence and what to do, without a stack trace. */
export class UserError extends Error {
  name = 'UserError';
}
