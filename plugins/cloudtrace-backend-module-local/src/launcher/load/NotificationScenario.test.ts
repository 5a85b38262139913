import { NotificationScenario } from './NotificationScenario';
import type { LoadAnswer, PlannedRequest } from './types';

/** The service, as far as the scenario sees it. */
class Service {
  readonly accounts = new Set<string>();
  readonly recipients: string[] = [];
  readonly statuses: number[] = [];

  answer({ method, path, body, headers }: PlannedRequest): LoadAnswer {
    const answer = this.#answer(`${method} ${path}`, body as any, headers);
    this.statuses.push(answer.status);
    return answer;
  }

  #answer(
    call: string,
    body: { email?: string; to?: string; upTo?: number },
    headers: Record<string, string> = {},
  ): LoadAnswer {
    const reply = (status: number, rest: Partial<LoadAnswer> = {}) => ({
      status,
      cookies: [],
      ...rest,
    });
    if (call === 'GET /') return reply(200);
    if (call === 'POST /api/accounts') {
      if (this.accounts.has(body.email!)) return reply(409);
      this.accounts.add(body.email!);
      return reply(201, { cookies: [`session=${body.email}`] });
    }
    if (call === 'POST /api/session') {
      return reply(200, { cookies: [`session=${body.email}`] });
    }
    if (!headers.cookie) return reply(401);
    if (call === 'POST /api/notifications') {
      if (!headers['idempotency-key']) return reply(400);
      if (!this.accounts.has(body.to!)) return reply(404);
      this.recipients.push(body.to!);
      return reply(201);
    }
    if (call === 'PUT /api/notifications/read') {
      return reply(body.upTo === 42 ? 200 : 400);
    }
    return reply(200, { body: { lastEventId: 42 } });
  }
}

function run(service: Service, scenario: NotificationScenario, turns: number) {
  for (let turn = 0; turn < turns; turn++) {
    const request = scenario.next();
    scenario.answered(request, service.answer(request));
  }
}

describe('NotificationScenario', () => {
  it('signs up, reads, and notifies only people who have an account', () => {
    const service = new Service();
    run(service, new NotificationScenario(), 500);
    expect(service.accounts.size).toBe(6);
    expect(service.recipients.length).toBeGreaterThan(20);
    expect(service.statuses.filter(status => status >= 400)).toEqual([]);
  });

  it('signs in if the accounts exist, as after a restart of the fleet', () => {
    const service = new Service();
    run(service, new NotificationScenario(), 50);
    service.statuses.length = 0;
    run(service, new NotificationScenario(), 500);
    expect(service.statuses.filter(status => status >= 400)).toEqual(
      Array(6).fill(409),
    );
  });

  it('signs in again when the session has ended', () => {
    const service = new Service();
    const scenario = new NotificationScenario();
    run(service, scenario, 50);
    const request = scenario.next();
    scenario.answered(request, { status: 401, cookies: [] });
    service.statuses.length = 0;
    run(service, scenario, 50);
    expect(service.statuses.filter(status => status >= 400)).toEqual([]);
  });

  it('sends one sign-up for each person while none is answered', () => {
    const scenario = new NotificationScenario();
    const sent = Array.from({ length: 30 }, () => scenario.next());
    expect(sent.filter(({ path }) => path === '/api/accounts')).toHaveLength(6);
  });
});
