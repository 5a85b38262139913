import type {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { RequestValidator } from '../schema/RequestValidator';

/** A validated call by a user or a service. */
export interface ApiCall<TQuery = Record<string, unknown>, TBody = unknown> {
  params: Record<string, string>;
  /** As described in the OpenAPI document, with defaults filled in. */
  query: TQuery;
  body: TBody;
  credentials: BackstageCredentials;
}

/** One operation of the OpenAPI document. */
export interface ApiRoute<TQuery = Record<string, unknown>, TBody = unknown> {
  operationId: string;
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Express path, such as `/v1/entities/:kind/:namespace/:name/requests`. */
  path: string;
  /** Name of the call in the audit log. Writes are `medium`. */
  audit: { eventId: string; queryType?: string };
  /** Status of a success; 204 has no body. */
  status?: 200 | 201 | 202 | 204;
  handle(call: ApiCall<TQuery, TBody>): Promise<unknown>;
}

/** Adds a route; see {@link ApiRoute}. */
export type AddRoute = <TQuery, TBody = unknown>(
  route: ApiRoute<TQuery, TBody>,
) => void;

/** A response that is a file instead of JSON. */
export class FileAnswer {
  constructor(
    readonly contentType: string,
    readonly body: string,
    readonly fileName: string,
  ) {}
}

/** Path of an entity's part of the API. */
export const ENTITY_PATH = '/v1/entities/:kind/:namespace/:name';

/** Unchecked input of a call. */
export interface ApiInput {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body?: unknown;
}

/** Who calls, and how. */
export interface ApiCaller {
  credentials: BackstageCredentials;
  /** The HTTP request, for the audit log. */
  request?: Request;
  /** Who and what called, if there is no HTTP request. */
  audit?: Record<string, string | undefined>;
}

/**
 * The operations of the API. HTTP routes and actions call the same ones, so
 * that validation, permissions and the audit log cannot differ.
 */
export class ApiOperations {
  readonly #auditor: AuditorService;
  readonly #validator: RequestValidator;
  readonly #routes = new Map<string, ApiRoute<any, any>>();

  constructor(options: {
    auditor: AuditorService;
    validator: RequestValidator;
    areas: Array<(add: AddRoute) => void>;
  }) {
    this.#auditor = options.auditor;
    this.#validator = options.validator;
    const add: AddRoute = route => {
      this.#routes.set(route.operationId, route);
    };
    for (const area of options.areas) area(add);
  }

  /** All operations, in the order in which the areas added them. */
  list(): ApiRoute[] {
    return [...this.#routes.values()];
  }

  /**
   * Validates the input, and calls the operation as the caller.
   *
   * @throws `InputError` for invalid input; what the operation throws otherwise
   */
  async call(
    operationId: string,
    unchecked: ApiInput,
    { credentials, request, audit }: ApiCaller,
  ): Promise<unknown> {
    const route = this.#routes.get(operationId);
    if (!route) throw new Error(`There is no operation ${operationId}`);
    const input = this.#validator.validate(operationId, unchecked);
    const event = await this.#auditor.createEvent({
      eventId: route.audit.eventId,
      request,
      severityLevel: route.method === 'get' ? 'low' : 'medium',
      meta: { queryType: route.audit.queryType, ...audit, ...input.params },
    });
    let answer: unknown;
    try {
      answer = await route.handle({
        params: input.params,
        query: input.query,
        body: input.body,
        credentials,
      });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    await event.success();
    return answer;
  }
}
