import { UNKNOWN } from '../../requests/placeholderNames';
import { cleanText } from '../dictionary/cleanText';
import type { RouteName } from '../dictionary/EntityDictionary';
import { TEXT } from './attributes';
import { dropQuery } from './dropQuery';

/** The source of a route; also distinguishes keys with the same bytes. */
export const ROUTE_OF = {
  http: 1,
  httpName: 2,
  rpc: 3,
  rpcName: 4,
  messaging: 5,
  other: 6,
} as const;

const MAX_METHOD_BYTES = 64;
const MAX_ROUTE_BYTES = 1024;

/** Derives method and route of a span from its texts. */
export function nameRoute(
  routeOf: number,
  text: (index: number) => string,
): RouteName {
  const [method, route] = readNames(routeOf, text);
  return {
    method: cleanText(method, MAX_METHOD_BYTES),
    route: cleanText(route, MAX_ROUTE_BYTES) || UNKNOWN,
  };
}

function readNames(
  routeOf: number,
  text: (index: number) => string,
): readonly [method: string, route: string] {
  switch (routeOf) {
    case ROUTE_OF.http:
      return [text(TEXT.httpMethod), text(TEXT.httpRoute)];
    case ROUTE_OF.httpName: {
      const method = text(TEXT.httpMethod);
      return [method, dropQuery(withoutMethod(text(TEXT.name), method))];
    }
    case ROUTE_OF.rpc:
      return [
        text(TEXT.rpcSystem),
        joinRpc(text(TEXT.rpcService), text(TEXT.rpcMethod)),
      ];
    case ROUTE_OF.rpcName: {
      const system = text(TEXT.rpcSystem);
      const name = text(TEXT.name);
      return [system, name === system ? '' : dropQuery(name)];
    }
    case ROUTE_OF.messaging:
      return [
        text(TEXT.operationName) || text(TEXT.operationType),
        text(TEXT.destination),
      ];
    default:
      return ['', dropQuery(text(TEXT.name))];
  }
}

/**
 * According to the conventions, the name is `GET /items/{id}`, or only `GET` if
 * the server does not know the route; `HTTP` stands for an unknown method. The
 * first conventions had `HTTP GET` and the route alone.
 */
function withoutMethod(name: string, method: string): string {
  let rest = name;
  for (const word of ['HTTP', method]) {
    if (rest === word) {
      return '';
    }
    if (word && rest.startsWith(`${word} `)) {
      rest = rest.slice(word.length + 1);
    }
  }
  return rest;
}

/** Today the method is the full name including the service; earlier it was only the last part. */
function joinRpc(service: string, rpcMethod: string): string {
  const method = rpcMethod.replace(/^\//, '');
  const slash = method.lastIndexOf('/');
  const ofMethod = method.slice(0, Math.max(0, slash));
  if (ofMethod && (ofMethod === service || ofMethod.endsWith(`.${service}`))) {
    return method;
  }
  return [service, method].filter(Boolean).join('/');
}
