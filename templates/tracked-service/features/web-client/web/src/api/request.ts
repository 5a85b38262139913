import { ApiError } from './ApiError';

interface Problem {
  readonly title?: string;
  readonly detail?: string;
}

const timeoutMs = 12_000;

/**
 * Sends a request to the service.
 *
 * @throws ApiError for everything but a 2xx response.
 */
export async function request<Result>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Result> {
  const { body, headers } = options;
  const response = await send(path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await toError(response);
  return (
    response.status === 204 ? undefined : await response.json()
  ) as Result;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, {
      ...init,
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw new ApiError(0, 'No connection', 'The service cannot be reached');
  }
}

async function toError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new ApiError(
    response.status,
    problem.title ?? `Error ${response.status}`,
    problem.detail ?? 'Please try again in a moment',
  );
}
