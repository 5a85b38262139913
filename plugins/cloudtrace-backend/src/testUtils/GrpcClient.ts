import {
  Client,
  compressionAlgorithms,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { decodeExportResponse } from './otlp';
import { EXPORT_PATH } from '../ingest/grpc/createGrpcHandler';

/** The result of a call. */
export interface GrpcAnswer {
  code: number;
  message: string;
  partialSuccess?: { rejectedSpans?: string; errorMessage?: string };
  /** Seconds after which a retry helps, from a RetryInfo. */
  retrySeconds?: number;
}

/** Calls `TraceService/Export` with the official client library. */
export class GrpcClient {
  readonly #client: Client;

  constructor(port: number, compression: 'gzip' | 'identity' = 'identity') {
    this.#client = new Client(
      `127.0.0.1:${port}`,
      credentials.createInsecure(),
      {
        'grpc.default_compression_algorithm':
          compressionAlgorithms[compression],
        'grpc.max_send_message_length': -1,
        // A retry would hide an answer.
        'grpc.enable_retries': 0,
      },
    );
  }

  export(
    message: Buffer,
    token: string | undefined,
    path: string = EXPORT_PATH,
  ): Promise<GrpcAnswer> {
    const metadata = new Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    const identity = (bytes: Buffer) => bytes;
    return new Promise(resolve => {
      this.#client.makeUnaryRequest<Buffer, Buffer>(
        path,
        identity,
        identity,
        message,
        metadata,
        (error: ServiceError | null, answer?: Buffer) => {
          resolve(
            error
              ? toAnswer(error)
              : { code: 0, message: '', ...decodeExportResponse(answer!) },
          );
        },
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}

function toAnswer({ code, details, metadata }: ServiceError): GrpcAnswer {
  const [status] = metadata.get('grpc-status-details-bin') as Buffer[];
  const at = status?.indexOf('google.rpc.RetryInfo') ?? -1;
  return {
    code,
    message: details,
    // RetryInfo { retry_delay: { seconds } }: its last byte.
    ...(at >= 0 ? { retrySeconds: status[status.length - 1] } : {}),
  };
}
