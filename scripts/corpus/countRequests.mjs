const kinds = {
  2: 'server',
  SPAN_KIND_SERVER: 'server',
  5: 'consumer',
  SPAN_KIND_CONSUMER: 'consumer',
};
/** Consumer operations that fetch or settle messages but do not process them. */
const idle = ['receive', 'settle'];

const list = value => (Array.isArray(value) ? value : []);

function operationOf({ attributes }) {
  const names = ['messaging.operation.type', 'messaging.operation'];
  return list(attributes).find(({ key }) => names.includes(key))?.value
    ?.stringValue;
}

/**
 * Counts the requests of an OTLP/JSON body without CloudTrace's own code, and
 * finds their time range.
 */
export function countRequests(text) {
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const spans = list(document.resourceSpans)
    .flatMap(({ scopeSpans }) => list(scopeSpans))
    .flatMap(scope => list(scope?.spans))
    .filter(
      span =>
        kinds[span?.kind] === 'server' ||
        (kinds[span?.kind] === 'consumer' && !idle.includes(operationOf(span))),
    );
  const timesMs = spans
    .map(span => Number(span.startTimeUnixNano) / 1e6)
    .filter(Number.isFinite);
  return {
    requests: spans.length,
    fromMs: Math.floor(Math.min(...timesMs)),
    toMs: Math.ceil(Math.max(...timesMs)) + 1,
  };
}
