import { ApiError } from '../api/ApiError';

/** What went wrong and what to do, announced to screen readers. */
export function ErrorNote(props: {
  error: Error | null | undefined;
  onRetry?: () => void;
}) {
  const { error, onRetry } = props;
  if (!error) return null;
  const title = error instanceof ApiError ? error.title : 'Unexpected error';
  return (
    <div
      role="alert"
      className="my-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-danger/40 bg-danger/8 px-4 py-3 text-sm"
    >
      <p className="min-w-0 flex-1">
        <strong className="text-danger">{title}.</strong> {error.message}
      </p>
      {onRetry && (
        <button
          type="button"
          className="font-medium underline"
          onClick={onRetry}
        >
          Try again
        </button>
      )}
    </div>
  );
}
