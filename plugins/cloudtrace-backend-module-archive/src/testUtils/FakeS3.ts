import { http, HttpResponse, type HttpResponseResolver } from 'msw';
import type { SetupServer } from 'msw/node';

/** The endpoint that {@link FakeS3} answers for. */
export const S3_ENDPOINT = 'https://s3.example';

/** A bucket behind the real client: objects in memory, listed two at a time. */
export class FakeS3 {
  readonly objects = new Map<string, Buffer>();
  /** Methods and keys of the requests, as `GET key`. */
  readonly calls: string[] = [];
  /** Access keys of the signatures. */
  readonly accessKeys = new Set<string>();

  /** Answers for a bucket until the server's handlers are reset. */
  serve(server: SetupServer, bucket: string): void {
    const record: HttpResponseResolver = ({ request }) => {
      const url = new URL(request.url);
      const key = decodeURIComponent(url.pathname).slice(bucket.length + 2);
      this.calls.push(`${request.method} ${key}`);
      const credential = /Credential=([^/]+)\//.exec(
        request.headers.get('authorization') ?? '',
      );
      this.accessKeys.add(credential?.[1] ?? '');
      return undefined;
    };
    const keyOf = (request: Request) =>
      decodeURIComponent(new URL(request.url).pathname).slice(
        bucket.length + 2,
      );
    const base = `${S3_ENDPOINT}/${bucket}`;
    server.use(
      http.all(`${base}*`, record),
      http.get(base, ({ request }) => this.#list(request)),
      http.get(`${base}/`, ({ request }) => this.#list(request)),
      http.put(`${base}/*`, async ({ request }) => {
        this.objects.set(
          keyOf(request),
          Buffer.from(await request.arrayBuffer()),
        );
        return new HttpResponse(null, { headers: { etag: '"e"' } });
      }),
      http.get(`${base}/*`, ({ request }) => {
        const found = this.objects.get(keyOf(request));
        return found
          ? new HttpResponse(new Uint8Array(found), {
              headers: { 'content-length': String(found.length) },
            })
          : s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
      }),
      http.delete(`${base}/*`, ({ request }) => {
        this.objects.delete(keyOf(request));
        return new HttpResponse(null, { status: 204 });
      }),
    );
  }

  #list(request: Request) {
    const query = new URL(request.url).searchParams;
    const keys = [...this.objects.keys()]
      .filter(key => key.startsWith(query.get('prefix') ?? ''))
      .sort();
    const start = Number(query.get('continuation-token') ?? 0);
    const page = keys.slice(start, start + 2);
    const more = start + 2 < keys.length;
    return HttpResponse.xml(
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${
        more
          ? `<NextContinuationToken>${start + 2}</NextContinuationToken>`
          : ''
      }${page
        .map(key => `<Contents><Key>${key}</Key></Contents>`)
        .join('')}</ListBucketResult>`,
    );
  }
}

/** An error as S3 responds. */
export function s3Error(status: number, code: string, message: string) {
  return HttpResponse.xml(
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    { status },
  );
}
