/** A failure that the caller can understand: becomes a response with this status and title, and its message as detail. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly status: number;
  readonly title: string;

  constructor(problem: { status: number; title: string; detail: string }) {
    super(problem.detail);
    this.status = problem.status;
    this.title = problem.title;
  }
}
