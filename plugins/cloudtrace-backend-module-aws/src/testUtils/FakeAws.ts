import { http, HttpResponse, passthrough } from 'msw';
import { toXml } from './toXml';

/** A call as received over HTTP. */
export interface FakeCall {
  accountId: string;
  region: string;
  /** First label of the host, e.g. `autoscaling`. */
  service: string;
  action: string;
  /** Fields of the form (`Filters.member.1.Name`) or of the JSON body. */
  params: Record<string, any>;
}

/** Responds to a call with an output in the SDK's member names, or with a whole response. */
export type FakeHandler = (
  call: FakeCall,
) => object | Response | Promise<object | Response>;

type Protocol = 'query' | 'ec2' | 'json-1.0' | 'json-1.1' | 'rest-json';

/** The protocols of the SDK's clients of these services. */
export const PROTOCOLS: Record<string, Protocol> = {
  autoscaling: 'query',
  elasticloadbalancing: 'query',
  rds: 'query',
  sts: 'query',
  ec2: 'ec2',
  monitoring: 'json-1.0',
  ecs: 'json-1.1',
  tagging: 'json-1.1',
  'application-autoscaling': 'json-1.1',
  securityhub: 'rest-json',
  inspector2: 'rest-json',
};

/** Actions of services that identify them by the path. */
const REST_ACTIONS: Record<string, string> = {
  'securityhub/findings': 'GetFindings',
  'inspector2/findings/list': 'ListFindings',
  'inspector2/coverage/list': 'ListCoverage',
};

/** The access key of the signature identifies the account. */
export function accessKeyOf(accountId: string): string {
  return `AKIA${accountId}`;
}

/**
 * AWS at the level of HTTP: accepts what the SDK's clients send, in each
 * client's protocol, and records the calls.
 */
export class FakeAws {
  readonly calls: FakeCall[] = [];
  /** Content types of requests by service, to check which protocol was used. */
  readonly contentTypes = new Map<string, string>();
  readonly #overrides: Array<{
    match: Partial<FakeCall>;
    handler: FakeHandler;
  }> = [];
  readonly #fallback: FakeHandler;

  constructor(fallback: FakeHandler) {
    this.#fallback = fallback;
  }

  /** Overrides the response to matching calls; the newest match wins. */
  when(match: Partial<FakeCall>, handler: FakeHandler): () => void {
    const override = { match, handler };
    this.#overrides.unshift(override);
    return () => {
      this.#overrides.splice(this.#overrides.indexOf(override), 1);
    };
  }

  count(match: Partial<FakeCall> = {}): number {
    return this.calls.filter(call => matches(call, match)).length;
  }

  /** Handler for `setupServer`. */
  get handler() {
    return http.all('https://*', async ({ request }) => {
      const [, service, region] =
        /^https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.amazonaws\.com/.exec(
          request.url,
        ) ?? [];
      const protocol = PROTOCOLS[service];
      if (!protocol) return passthrough();
      const body = await request.text();
      const accountId =
        /Credential=AKIA(\d{12})\//.exec(
          request.headers.get('authorization') ?? '',
        )?.[1] ?? '';
      this.contentTypes.set(service, request.headers.get('content-type') ?? '');
      const isRest = protocol === 'rest-json';
      const isJson = isRest || protocol.startsWith('json');
      const params = isJson
        ? JSON.parse(body || '{}')
        : Object.fromEntries(new URLSearchParams(body));
      const action = actionOf(request, { service, protocol, params });
      const call = { accountId, region, service, action, params };
      this.calls.push(call);
      const override = this.#overrides.find(o => matches(call, o.match));
      const answer = await (override?.handler ?? this.#fallback)(call);
      if (answer instanceof Response) return answer;
      return isJson
        ? HttpResponse.json(answer as Record<string, unknown>, {
            headers: {
              'Content-Type': isRest
                ? 'application/json'
                : `application/x-amz-${protocol}`,
            },
          })
        : HttpResponse.xml(toXml(service, action, answer));
    });
  }
}

function actionOf(
  { url, headers }: Request,
  call: {
    service: string;
    protocol: Protocol;
    params: Record<string, string>;
  },
): string {
  if (call.protocol === 'rest-json') {
    return REST_ACTIONS[call.service + new URL(url).pathname];
  }
  return call.protocol.startsWith('json')
    ? (headers.get('x-amz-target') ?? '').split('.')[1]
    : call.params.Action;
}

function matches(call: FakeCall, match: Partial<FakeCall>): boolean {
  return Object.entries(match).every(
    ([key, value]) => call[key as keyof FakeCall] === value,
  );
}

/** An error in the service's protocol. */
export function awsError(
  call: FakeCall,
  code: string,
  status = 400,
  message = `${code} for a test`,
): Response {
  const protocol = PROTOCOLS[call.service];
  if (protocol === 'ec2') {
    return HttpResponse.xml(
      `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r-1</RequestID></Response>`,
      { status },
    );
  }
  if (protocol === 'query') {
    return HttpResponse.xml(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
      { status },
    );
  }
  return HttpResponse.json({ __type: code, message }, { status });
}

/** Values of a list in a form body, e.g. of `AutoScalingGroupNames`. */
export function formList(
  params: Record<string, string>,
  name: string,
): string[] {
  const prefix = new RegExp(`^${name}\\.(?:\\w+\\.)?\\d+(?:\\.Value)?$`);
  return Object.entries(params)
    .filter(([key]) => prefix.test(key))
    .map(([, value]) => value);
}
