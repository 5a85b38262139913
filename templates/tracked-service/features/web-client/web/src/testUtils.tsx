import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { createQueryClient } from './api/createQueryClient';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

type Responder = (request: SentRequest) => { status?: number; body?: unknown };

/** Replaces the service: each request is recorded and answered. */
export function serve(respond: Responder): SentRequest[] {
  const sent: SentRequest[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const request = {
      method: init.method ?? 'GET',
      path,
      body: (typeof init.body === 'string'
        ? JSON.parse(init.body)
        : undefined) as unknown,
      headers: new Headers(init.headers),
    };
    sent.push(request);
    const { status = 200, body } = respond(request);
    if (status === 0) throw new TypeError('Failed to fetch');
    return Response.json(body ?? {}, { status });
  });
  return sent;
}

export function show(element: ReactNode) {
  return render(
    <QueryClientProvider client={createQueryClient()}>
      {element}
    </QueryClientProvider>,
  );
}
