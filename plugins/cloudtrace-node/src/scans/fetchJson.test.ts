import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { fetchJson } from './fetchJson';

const URL = 'https://source.example/api/list?secret=1';

describe('fetchJson', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const answer = (...responses: Array<() => Response | Promise<Response>>) => {
    let calls = 0;
    server.use(
      http.get('https://source.example/api/list', () =>
        responses[Math.min(calls++, responses.length - 1)](),
      ),
    );
    return () => calls;
  };

  it('reads JSON with the given headers', async () => {
    server.use(
      http.get('https://source.example/api/list', ({ request }) =>
        HttpResponse.json({ got: request.headers.get('authorization') }),
      ),
    );
    await expect(
      fetchJson(URL, { headers: { authorization: 'Bearer t' } }),
    ).resolves.toEqual({ got: 'Bearer t' });
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    ['HTML', () => HttpResponse.html('<p>hi'), 'invalid or incomplete JSON'],
    [
      'a part',
      () => HttpResponse.text('{"a": [1,'),
      'invalid or incomplete JSON',
    ],
    [
      'HTTP 500',
      () => new Response('<p>', { status: 500 }),
      'returned HTTP 500',
    ],
    ['401', () => new Response('', { status: 401 }), 'rejected the configured'],
    ['size', () => HttpResponse.json('x'.repeat(2_000)), 'more than 1 KiB'],
    ['network', () => HttpResponse.error(), 'could not be reached'],
    [
      'redirect',
      () => HttpResponse.redirect('https://elsewhere.example/'),
      'redirect, which CloudTrace does not follow',
    ],
    [
      'slowness',
      async () => {
        await delay(2_000);
        return HttpResponse.json({});
      },
      'within 0.2 s',
    ],
  ])('reports what is wrong: %s', async (_, response, message) => {
    const calls = answer(response);
    const failure: Error = await fetchJson(URL, {
      timeoutMs: 200,
      maxBytes: 1024,
    }).then(
      () => new Error('There was a response'),
      error => error,
    );
    expect(failure.name).toBe('SourceError');
    expect(failure.message).toContain(message);
    expect(failure.message).toContain('source.example/api/list');
    expect(failure.message).not.toContain('secret');
    expect(calls()).toBe(1);
  });

  it('waits as long as a 429 says, within a limit', async () => {
    const tooMany = (seconds: string) => () =>
      new Response('', { status: 429, headers: { 'retry-after': seconds } });
    let calls = answer(tooMany('0'), () => HttpResponse.json('late'));
    await expect(fetchJson(URL)).resolves.toBe('late');
    expect(calls()).toBe(2);
    calls = answer(tooMany('0'));
    await expect(fetchJson(URL)).rejects.toThrow('overloaded (HTTP 429)');
    expect(calls()).toBe(3);
    calls = answer(tooMany('3600'));
    await expect(fetchJson(URL)).rejects.toThrow('overloaded (HTTP 429)');
    expect(calls()).toBe(1);
  });
});
