import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';

type Method = 'write' | 'summarize' | 'list' | 'delete';

/** An archive that does something else around each call of an export. */
export function aroundCalls(
  archive: RequestArchive,
  around: (
    method: Method,
    call: () => Promise<any>,
    args: any[],
  ) => Promise<unknown>,
): RequestArchive {
  const wrapped = (method: Method) =>
    ((...args: any[]) =>
      around(method, () => (archive[method] as any)(...args), args)) as never;
  return {
    location: archive.location,
    retentionMs: archive.retentionMs,
    write: wrapped('write'),
    summarize: wrapped('summarize'),
    list: wrapped('list'),
    delete: wrapped('delete'),
    search: (...args) => archive.search(...args),
    count: (...args) => archive.count(...args),
  };
}
