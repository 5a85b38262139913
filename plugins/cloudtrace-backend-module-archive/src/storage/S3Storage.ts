import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { ArchiveCallOptions } from '@cloudtrace/plugin-cloudtrace-node';
import type { ObjectStorage } from './ObjectStorage';

const CONNECTION_TIMEOUT_MS = 5_000;
/** Without any byte for this long, a call fails. */
const SILENCE_TIMEOUT_MS = 30_000;

/** Objects in a bucket of S3, or of storage with the same API. */
export class S3Storage implements ObjectStorage {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(options: {
    bucket: string;
    /** Without slashes at its ends; empty for the whole bucket. */
    prefix: string;
    region?: string;
    endpoint?: string;
    forcePathStyle: boolean;
    credentials?: S3ClientConfig['credentials'];
  }) {
    const { bucket, prefix, region, endpoint, forcePathStyle } = options;
    this.#bucket = bucket;
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    const host = endpoint ? ` at ${new URL(endpoint).host}` : '';
    this.location = `s3://${bucket}/${prefix}${host}`;
    this.#client = new S3Client({
      ...(region && { region }),
      ...(endpoint && { endpoint }),
      ...(options.credentials && { credentials: options.credentials }),
      forcePathStyle,
      // Storage other than AWS knows no checksums; our own are checked anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        socketTimeout: SILENCE_TIMEOUT_MS,
      },
    });
  }

  async put(
    path: string,
    localFile: string,
    { signal }: ArchiveCallOptions,
  ): Promise<void> {
    await this.#attempt(`store ${path}`, async () => {
      const { size } = await stat(localFile);
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: this.#prefix + path,
          Body: createReadStream(localFile),
          ContentLength: size,
          ContentType: 'application/vnd.apache.parquet',
        }),
        { abortSignal: signal },
      );
    });
  }

  async get(
    path: string,
    localFile: string,
    { signal }: ArchiveCallOptions,
  ): Promise<void> {
    await this.#attempt(`read ${path}`, async () => {
      const { Body } = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: this.#prefix + path,
        }),
        { abortSignal: signal },
      );
      await pipeline(Body as Readable, createWriteStream(localFile), {
        signal,
      });
    });
  }

  async list(
    prefix: string,
    { signal }: ArchiveCallOptions,
  ): Promise<string[]> {
    return this.#attempt(`list ${prefix}`, async () => {
      const paths: string[] = [];
      const pages = paginateListObjectsV2(
        { client: this.#client },
        { Bucket: this.#bucket, Prefix: this.#prefix + prefix },
        { abortSignal: signal },
      );
      for await (const { Contents = [] } of pages) {
        paths.push(
          ...Contents.flatMap(({ Key }) =>
            Key === undefined ? [] : [Key.slice(this.#prefix.length)],
          ),
        );
      }
      return paths;
    });
  }

  async delete(
    paths: readonly string[],
    { signal }: ArchiveCallOptions,
  ): Promise<void> {
    for (const path of paths) {
      await this.#attempt(`delete ${path}`, () =>
        this.#client.send(
          new DeleteObjectCommand({
            Bucket: this.#bucket,
            Key: this.#prefix + path,
          }),
          { abortSignal: signal },
        ),
      );
    }
  }

  async #attempt<T>(what: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw new Error(
        `Could not ${what} in ${this.location}: ${describe(error as Error)}`,
      );
    }
  }
}

/** The code of S3 with its message, or what the network says. */
function describe(error: Error & { code?: string }): string {
  const said = [error.name === 'Error' ? error.code : error.name, error.message]
    .filter(Boolean)
    .join(': ');
  return said || 'unknown error';
}
